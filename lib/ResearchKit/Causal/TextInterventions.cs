using System.Text.RegularExpressions;
using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>
/// Style that can be put on a real answer and taken off again without a language model: length by padding, bullets, politeness. What
/// is taken off is only what these put on, or bullets as Markdown writes them.
/// </summary>
public static partial class TextInterventions
{
    /// <summary>All three.</summary>
    public static IReadOnlyList<IIntervention<string>> All { get; } = [new Padding(), new Bullets(), new Politeness()];

    /// <summary>Sentences at the end that say nothing; on, two of four are drawn.</summary>
    private sealed class Padding : IIntervention<string>
    {
        private static readonly string[] Sentences =
        [
            "There are of course many other aspects that one could take into account here.",
            "As always, the details depend on the situation and on what exactly is needed.",
            "This is a topic about which a lot more could be said in general.",
            "It can be useful to keep all of these points in mind and to come back to them later.",
        ];

        public string Name => "padding";

        public bool Holds(string answer) => Sentences.Any(answer.TrimEnd().EndsWith);

        public string Set(string answer, bool on, Rng rng)
        {
            if (on) return Holds(answer) ? answer : $"{answer.TrimEnd()} {string.Join(' ', rng.Permutation(Sentences.Length)[..2].Select(i => Sentences[i]))}";
            while (Sentences.FirstOrDefault(answer.TrimEnd().EndsWith) is { } last) answer = answer.TrimEnd()[..^last.Length].TrimEnd();
            return answer;
        }
    }

    /// <summary>Each sentence as an item of a Markdown list; off, items are joined to a paragraph.</summary>
    private sealed partial class Bullets : IIntervention<string>
    {
        public string Name => "bullets";

        public bool Holds(string answer) => Item().IsMatch(answer);

        public string Set(string answer, bool on, Rng rng)
        {
            if (on == Holds(answer)) return answer;
            return on
                ? string.Join('\n', SentenceEnd().Split(answer.Trim()).Where(s => s.Length > 0).Select(sentence => $"- {sentence}"))
                : string.Join(' ', answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Item().Replace(line, "").Trim()));
        }

        [GeneratedRegex(@"^[ \t]*[-*•] +", RegexOptions.Multiline)]
        private static partial Regex Item();

        [GeneratedRegex(@"(?<=[.!?])\s+|\n+")]
        private static partial Regex SentenceEnd();
    }

    /// <summary>A polite opening.</summary>
    private sealed class Politeness : IIntervention<string>
    {
        private static readonly string[] Openings = ["Thank you for your question! ", "I would be happy to help you with that. ", "That is a great question! "];

        public string Name => "politeness";

        public bool Holds(string answer) => Openings.Any(answer.StartsWith);

        public string Set(string answer, bool on, Rng rng)
        {
            if (on) return Holds(answer) ? answer : rng.Pick(Openings) + answer;
            while (Openings.FirstOrDefault(answer.StartsWith) is { } opening) answer = answer[opening.Length..];
            return answer;
        }
    }
}
