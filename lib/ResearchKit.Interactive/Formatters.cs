using System.Net;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Evaluation;
using ResearchKit.Figures;
using TorchSharp;

namespace ResearchKit.Interactive;

/// <summary>How the kit's values look: always text/html and text/plain in one bundle, more where a host wants it.</summary>
internal static class Formatters
{
    internal const string Html = "text/html", Plain = "text/plain";
    internal const string Plotly = "application/vnd.plotly.v1+json";
    internal const string Progress = "application/vnd.researchkit.progress+json";
    internal const string Record = "application/vnd.researchkit.run+json";

    internal static void Register(bool judged)
    {
        Add<Figure>(FigureHtml.Of, f => f.ToString(), Session.GivesJson ? (Plotly, PlotlyBridge.Json) : null);
        Add<ResultTable>(t => t.ToHtml(), t => t.ToString());
        Add<DataFrame>(f => DataFrames.Table(f).ToHtml(), f => DataFrames.Table(f).ToString());
        Add<torch.Tensor>(t => Pre(TensorText.Of(t)), TensorText.Of);
        Add<ClaimSheet>(s => VerdictTable.Html(s.Results, judged), s => VerdictTable.Text(s.Results, judged));
        Add<ClaimResult>(r => VerdictTable.Html([r], judged), r => VerdictTable.Text([r], judged));
        Add<Interval>(i => Pre(IntervalText(i)), IntervalText);
        Add<Outcome>(o => o.ToHtml(), o => o.ToString(), Session.UnderRk ? (Record, o => o.Json) : null);
        Add<ExerciseOutcome>(o => o.ToHtml(), o => o.ToString());
        Add<ProgressState>(p => p.ToHtml(), p => p.ToString(), Session.UnderRk ? (Progress, p => p.ToJson()) : null);
        Add<NotebookRun>(r => Pre(r.ToString()), r => r.ToString());
        Add<PageScript>(s => s.Element, s => s.ToString());
        PlainValues.Register();
    }

    internal static string Pre(string text) => $"<pre style=\"margin:0\">{WebUtility.HtmlEncode(text)}</pre>";

    private static string IntervalText(Interval interval) =>
        FormattableString.Invariant($"[{interval.Low:G4}, {interval.High:G4}] (95 %, {interval.Method})");

    private static void Add<T>(Func<T, string> html, Func<T, string> plain, (string Mime, Func<T, string> Write)? more = null)
    {
        Formatter.Register<T>((value, writer) => writer.Write(html(value)), Html);
        Formatter.Register<T>((value, writer) => writer.Write(plain(value)), Plain);
        if (more is { } extra) Formatter.Register<T>((value, writer) => writer.Write(extra.Write(value)), extra.Mime);
        Formatter.SetPreferredMimeTypesFor(typeof(T), more is { } third ? [Html, Plain, third.Mime] : [Html, Plain]);
    }
}
