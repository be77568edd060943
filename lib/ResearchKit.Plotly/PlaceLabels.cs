namespace ResearchKit.Plotly;

/// <summary>The names along an axis of places, broken into lines that fit their place; turned where a word is still too long.</summary>
internal sealed class PlaceLabels
{
    internal PlaceLabels(IEnumerable<string> names, int width)
    {
        var all = names.ToArray();
        Slot = width / Math.Max(1, all.Length);
        var fits = all.SelectMany(n => n.Split(' ')).Max(Words.Width) <= Slot;
        Angle = fits ? 0 : -45;
        Characters = fits ? Math.Max(4, (int)(Slot / 7.2)) : 24;
        ExtraHeight = fits
            ? (all.Max(n => Words.Lines(n, Characters).Count) - 1) * 16
            : (int)(all.Max(n => Words.Lines(n, Characters).Max(Words.Width)) * 0.71);
    }

    /// <summary>Pixels per place.</summary>
    internal int Slot { get; }

    internal int Angle { get; }

    /// <summary>Pixels of height beyond one line's.</summary>
    internal int ExtraHeight { get; }

    private int Characters { get; }

    internal string Of(string name) => Words.Wrap(name, Characters);
}
