using System.Net;
using System.Text;
using ResearchKit.Data;
using ResearchKit.Text;

namespace ResearchKit.Figures;

/// <summary>A preference pair to be read: the prompt, and both answers under their names.</summary>
/// <param name="Prompt">What both answer.</param>
/// <param name="Chosen">The preferred answer.</param>
/// <param name="Rejected">The other answer.</param>
/// <param name="ChosenNote">A remark on the first: its length, its reward.</param>
/// <param name="RejectedNote">A remark on the second.</param>
public sealed record PairView(string Prompt, string Chosen, string Rejected, string ChosenNote = "", string RejectedNote = "")
{
    // The signs carry the meaning; the colours only help the eye.
    private const string Green = "#1a9850", Red = "#d73027";

    /// <summary>A pair of token ids as text, special tokens shown, with each answer's length.</summary>
    public static PairView Of(TokenizedPair pair, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(tokenizer);
        string Text(int[] ids) => tokenizer.Decode(ids, skipSpecialTokens: false);
        return new PairView(Text(pair.Prompt), Text(pair.Chosen), Text(pair.Rejected), $"{pair.Chosen.Length} tokens", $"{pair.Rejected.Length} tokens");
    }

    /// <summary>A record of a data set; messages stand one a line under their roles.</summary>
    public static PairView Of(PreferenceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new PairView(Text(record.Prompt), Text(record.Chosen), Text(record.Rejected));
    }

    /// <summary>Prompt and answers, a line each.</summary>
    public override string ToString() =>
        $"prompt      {Shortened.Text(Prompt)}\n+ chosen    {Shortened.Text(Chosen)}{Remark(ChosenNote)}\n- rejected  {Shortened.Text(Rejected)}{Remark(RejectedNote)}";

    /// <summary>A small table that keeps the texts' own lines.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table class=\"researchkit-table\" style=\"border-collapse:collapse;margin:0.4em 0\"><tbody>");
        Row(html, "prompt", Prompt, "", "inherit");
        Row(html, "+ chosen", Chosen, ChosenNote, Green);
        Row(html, "− rejected", Rejected, RejectedNote, Red);
        return html.Append("</tbody></table>").ToString();
    }

    private static void Row(StringBuilder html, string name, string text, string note, string colour) => html.Append("<tr>")
        .Append(Html.Element("th", name, $"{Html.Cell};text-align:left;white-space:nowrap;color:{colour}"))
        .Append("<td style=\"").Append(Html.Cell).Append(";text-align:left;white-space:pre-wrap;max-width:60em\">").Append(WebUtility.HtmlEncode(Shortened.Text(text)))
        .Append(note.Length == 0 ? "" : Html.Element("span", Remark(note), "opacity:0.7"))
        .Append("</td></tr>");

    private static string Remark(string note) => note.Length == 0 ? "" : $" ({note})";

    private static string Text(Passage passage) => passage.Text ?? string.Join("\n", passage.Messages!.Select(message => $"{message.Role}: {message.Content}"));
}
