namespace ResearchKit.Interactive;

/// <summary>plotly.js on its way onto the page.</summary>
/// <param name="Element">The script element.</param>
internal sealed record PageScript(string Element)
{
    public override string ToString() => "plotly.js is on this page.";
}
