using System.Text.Json.Nodes;
using Microsoft.FSharp.Collections;
using Plotly.NET;
using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>
/// The one way in: a figure's description as JSON becomes Plotly's figure (data, layout, config) as JSON. This
/// assembly lives in a load context of its own, so only strings cross.
/// </summary>
public static class Entry
{
    /// <summary>Draws a figure.</summary>
    /// <param name="description">The figure as ResearchKit.Figures writes it.</param>
    /// <returns>Plotly's JSON object with data, layout and config.</returns>
    public static string Draw(string description)
    {
        var drawing = new Drawing(FigureJson.Read(description));
        var chart = GenericChart.NewMultiChart(
            ListModule.OfSeq<Trace>(drawing.Traces), drawing.Layout, drawing.Config, new DisplayOptions());
        var json = JsonNode.Parse(GenericChart.toJson(chart))!.AsObject();
        // Serializing a template object costs Plotly.NET up to a second; as text it costs nothing.
        json["layout"]!["template"] = Theme.Template();
        return json.ToJsonString();
    }
}
