using System.Globalization;
using ResearchKit.Runtime;

namespace ResearchKit.Worlds;

/// <summary>A valence lexicon file that cannot be read; the message names file, line, found and expected.</summary>
public sealed class LexiconException(string message, Exception? inner = null) : KitException(message, inner);

/// <summary>
/// English words with a valence, as AFINN has them (-5 .. 5): a true reward for real text that needs no model.
/// </summary>
public sealed class Lexicon
{
    private readonly Dictionary<string, double> valence;

    private Lexicon(string name, Dictionary<string, double> valence) => (Name, this.valence) = (name, valence);

    /// <summary>Where the words come from.</summary>
    public string Name { get; }

    /// <summary>The number of words.</summary>
    public int Count => valence.Count;

    /// <summary>A small list of our own, for runs without a lexicon file.</summary>
    public static Lexicon Small { get; } = new("small built-in list", SmallLexiconWords.All.ToDictionary(StringComparer.Ordinal));

    /// <summary>Reads one <c>word TAB score</c> a line.</summary>
    /// <exception cref="LexiconException">The file is missing, empty, or a line is not a word and a finite number.</exception>
    public static Lexicon Load(string path)
    {
        if (!File.Exists(path)) throw new LexiconException($"lexicon '{path}' does not exist; give a TSV file of words and scores, or leave `lexicon` empty for the small built-in list.");
        var words = new Dictionary<string, double>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0) continue;
            var cells = line.Split('\t');
            if (cells.Length != 2 || !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !double.IsFinite(score))
                throw new LexiconException($"lexicon '{path}', line {number}: found '{line}', expected a word, a tab and a number.");
            if (!words.TryAdd(cells[0].Trim().ToLowerInvariant(), score))
                throw new LexiconException($"lexicon '{path}', line {number}: the word '{cells[0]}' stands there twice; keep one of the lines.");
        }
        if (words.Count == 0) throw new LexiconException($"lexicon '{path}' holds no word; expected lines of a word, a tab and a number.");
        return new Lexicon(Path.GetFileName(path), words);
    }

    /// <summary>The mean valence of the words of the text that the lexicon knows; 0 where it knows none.</summary>
    public double MeanValence(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = Words(text).Where(valence.ContainsKey).Select(word => valence[word]).ToArray();
        return known.Length == 0 ? 0 : known.Average();
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetter(text[i]) || text[i] == '\''))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                yield return text[start..i].Trim('\'').ToLowerInvariant();
                start = -1;
            }
        }
    }
}
