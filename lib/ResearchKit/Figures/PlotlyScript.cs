using System.Net;
using ResearchKit.Runtime;

namespace ResearchKit.Figures;

/// <summary>The element that brings plotly.js onto a page, by the setting plotly.source.</summary>
public static class PlotlyScript
{
    /// <summary>A script element marked data-researchkit="plotly.js".</summary>
    /// <exception cref="SettingsException">The file that plotly.path names cannot be read.</exception>
    public static string Element(PlotlySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Source switch
        {
            PlotlySource.Cdn => Linked(settings.Path.Length > 0 ? settings.Path : $"https://cdn.plot.ly/plotly-{PlotlyBridge.ScriptVersion()}.min.js"),
            PlotlySource.File => Embedded(ReadFile(settings.Path)),
            _ => Embedded(PlotlyBridge.Script()),
        };
    }

    // The shadowed names keep the bundle from handing itself to a page's require.js instead of to window.
    private static string Embedded(string script) =>
        "<script data-researchkit=\"plotly.js\">(function(define,module,exports){"
        + script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
        + "\n}).call(window)</script>";

    // While the file runs, require.js is out of its sight for the same reason.
    private static string Linked(string address) =>
        "<script data-researchkit=\"plotly.js\">(function(){var d=window.define,s=document.createElement('script');window.define=undefined;"
        + $"s.onload=s.onerror=function(){{window.define=d}};s.src='{WebUtility.HtmlEncode(address)}';document.head.appendChild(s)}})()</script>";

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException($"plotly.path: '{path}' cannot be read ({error.Message}). Name a plotly.min.js, or set plotly.source to embedded.", error);
        }
    }
}
