using System.Net;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Data;
using ResearchKit.Evaluation;
using ResearchKit.Figures;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Runtime;
using ResearchKit.Training;
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
        var styles = new SeriesStyles();
        Add<Figure>(f => FigureHtml.Of(styles.Apply(f)), f => f.ToString(), Session.GivesJson ? (Plotly, f => PlotlyBridge.Json(styles.Apply(f))) : null);
        Add<TokenStrip>(s => s.ToHtml(), s => s.ToString());
        Add<PairView>(p => p.ToHtml(), p => p.ToString());
        Add<PreferenceRecord>(r => PairView.Of(r).ToHtml(), r => PairView.Of(r).ToString());
        Table<CausalLM>(ModelTable.Of);
        Table<RewardModel>(ModelTable.Of);
        Table<ScalarHead>(ModelTable.Of);
        Table<LoraAdapter>(ModelTable.Of);
        Table<History>(HistoryTable.Of);
        Text<RandomStreams>(s => FormattableString.Invariant($"RandomStreams of master seed {s.Master}"));
        Text<TokenizedPair>(p => $"prompt      {PlainValues.Items(p.Prompt)}\n+ chosen    {PlainValues.Items(p.Chosen)}\n- rejected  {PlainValues.Items(p.Rejected)}");
        Text<Completion>(c => FormattableString.Invariant($"prompt      {PlainValues.Items(c.Prompt)}\ncompletion  {PlainValues.Items(c.Tokens)}\n{(c.Finished ? "finished" : "cut at the limit")}, log-probability {c.LogProb:G5} nats"));
        Add<ResultTable>(t => t.ToHtml(), t => t.ToString());
        Add<DataFrame>(f => DataFrames.Table(f).ToHtml(), f => DataFrames.Table(f).ToString());
        Text<torch.Tensor>(TensorText.Of);
        Add<ClaimSheet>(s => VerdictTable.Html(s.Results, judged), s => VerdictTable.Text(s.Results, judged));
        Add<ClaimResult>(r => VerdictTable.Html([r], judged), r => VerdictTable.Text([r], judged));
        Text<Interval>(IntervalText);
        Add<Outcome>(o => o.ToHtml(), o => o.ToString(), Session.UnderRk ? (Record, o => o.Json) : null);
        Add<ExerciseOutcome>(o => o.ToHtml(), o => o.ToString());
        Add<ProgressState>(p => p.ToHtml(), p => p.ToString(), Session.UnderRk ? (Progress, p => p.ToJson()) : null);
        Text<NotebookRun>(r => r.ToString());
        Add<PageScript>(s => s.Element, s => s.ToString());
        PlainValues.Register();
    }

    internal static string Pre(string text) => $"<pre style=\"margin:0\">{WebUtility.HtmlEncode(text)}</pre>";

    private static string IntervalText(Interval interval) =>
        FormattableString.Invariant($"[{interval.Low:G4}, {interval.High:G4}] (95 %, {interval.Method})");

    private static void Table<T>(Func<T, ResultTable> table) => Add<T>(value => table(value).ToHtml(), value => table(value).ToString());

    private static void Text<T>(Func<T, string> text) => Add<T>(value => Pre(text(value)), text);

    private static void Add<T>(Func<T, string> html, Func<T, string> plain, (string Mime, Func<T, string> Write)? more = null)
    {
        Formatter.Register<T>((value, writer) => writer.Write(html(value)), Html);
        Formatter.Register<T>((value, writer) => writer.Write(plain(value)), Plain);
        if (more is { } extra) Formatter.Register<T>((value, writer) => writer.Write(extra.Write(value)), extra.Mime);
        Formatter.SetPreferredMimeTypesFor(typeof(T), more is { } third ? [Html, Plain, third.Mime] : [Html, Plain]);
    }
}
