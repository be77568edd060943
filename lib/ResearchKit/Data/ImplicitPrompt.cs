using System.Text;

namespace ResearchKit.Data;

/// <summary>The prompt that two answers share where no column holds it.</summary>
public static class ImplicitPrompt
{
    private const string AssistantTurn = "\n\nAssistant:";

    /// <summary>
    /// TRL's extract_prompt: the answers' common beginning, in code points or messages; a space before the first
    /// difference goes to the answers; where one answer begins with the whole other, its last part goes to both answers.
    /// </summary>
    /// <remarks>Where nothing is shared the prompt is empty (TRL's own code looks at the answer's last character there).</remarks>
    public static PreferenceRecord Extract(Passage chosen, Passage rejected)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        if (chosen.Messages is { } left && rejected.Messages is { } right)
        {
            var shared = Shared(left, right);
            return new PreferenceRecord(new Passage([.. left.Take(shared)]), new Passage([.. left.Skip(shared)]), new Passage([.. right.Skip(shared)]));
        }
        if (chosen.Text is null || rejected.Text is null) throw new ArgumentException("both answers must be text, or both messages", nameof(rejected));

        Rune[] first = [.. chosen.Text.EnumerateRunes()], second = [.. rejected.Text.EnumerateRunes()];
        var runes = Shared(first, second);
        var differs = runes < first.Length && runes < second.Length && first[runes] != second[runes];
        if (differs && runes > 0 && first[runes - 1].Value == ' ') runes--;
        var units = first.Take(runes).Sum(rune => rune.Utf16SequenceLength);
        return new PreferenceRecord(chosen.Text[..units], chosen.Text[units..], rejected.Text[units..]);
    }

    /// <summary>
    /// Anthropic's dialogues: the prompt runs up to and with the last "\n\nAssistant:" that both share, so dialogues
    /// that part earlier keep their later turns in the answers.
    /// </summary>
    /// <returns>The record, or null where the dialogues share no assistant's turn.</returns>
    public static PreferenceRecord? SplitDialogue(string chosen, string rejected)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        var shared = chosen.AsSpan().CommonPrefixLength(rejected);
        var turn = chosen.AsSpan(0, shared).LastIndexOf(AssistantTurn, StringComparison.Ordinal);
        if (turn < 0) return null;
        var end = turn + AssistantTurn.Length;
        return new PreferenceRecord(chosen[..end], chosen[end..], rejected[end..]);
    }

    // Without a difference the last shared part is left to the answers, as TRL's loop does.
    private static int Shared<T>(IReadOnlyList<T> first, IReadOnlyList<T> second)
    {
        var limit = Math.Min(first.Count, second.Count);
        for (var i = 0; i < limit; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(first[i], second[i])) return i;
        }
        return Math.Max(limit - 1, 0);
    }
}
