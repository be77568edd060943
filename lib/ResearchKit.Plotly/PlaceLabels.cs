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
    }

    /// <summary>Pixels per place.</summary>
    internal int Slot { get; }

    internal int Angle { get; }

    private int Characters { get; }

    internal string Of(string name) => Words.Wrap(name, Characters);
}
