namespace ResearchKit.Causal;

/// <summary>
/// A directed acyclic graph of causes, with the two questions that one asks of it (Pearl 2009, Causality, sections 1.2.3 and 3.3.1):
/// which variables are independent given others, and what must be held fixed to read an effect from observations.
/// </summary>
public sealed class CausalGraph
{
    private readonly string[] nodes;
    private readonly HashSet<(string From, string To)> edges;

    /// <summary>A graph of these edges.</summary>
    /// <param name="edges">Cause and effect, by name.</param>
    /// <exception cref="CausalException">The edges close a circle.</exception>
    public CausalGraph(IEnumerable<(string From, string To)> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        this.edges = [.. edges];
        nodes = [.. this.edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct()];
        if (nodes.FirstOrDefault(node => Parents(node).Any(parent => Descendants(node).Contains(parent))) is { } circular)
            throw new CausalException($"the graph is circular: '{circular}' is a cause of itself; a causal graph needs edges that lead from causes to later effects only.");
    }

    /// <summary>The nodes, in the order of the edges.</summary>
    public IReadOnlyList<string> Nodes => nodes;

    /// <summary>The edges, cause first.</summary>
    public IReadOnlyCollection<(string From, string To)> Edges => edges;

    /// <summary>The direct causes of a node.</summary>
    public IReadOnlyList<string> Parents(string node) => [.. edges.Where(edge => edge.To == node).Select(edge => edge.From)];

    /// <summary>Everything that a node is a cause of, itself not included.</summary>
    public IReadOnlySet<string> Descendants(string node) => Reach(node, at => edges.Where(edge => edge.From == at).Select(edge => edge.To));

    /// <summary>
    /// Whether the graph alone makes two variables independent given others (d-separation), read from the moral graph of their
    /// ancestors: parents of a common child are joined, directions dropped, and no path may avoid the given nodes.
    /// </summary>
    /// <exception cref="CausalException">A node is not in the graph.</exception>
    public bool Separated(string first, string second, params IReadOnlyCollection<string> given)
    {
        Require([first, second, .. given]);
        return Separated(edges, first, second, given);
    }

    /// <summary>
    /// Whether holding these variables fixed leaves only the effect of the treatment on the outcome (the back-door criterion): none
    /// of them is an effect of the treatment, and with the treatment's outgoing edges cut they separate the two.
    /// </summary>
    /// <exception cref="CausalException">A node is not in the graph.</exception>
    public bool ClosesBackDoors(string treatment, string outcome, params IReadOnlyCollection<string> held)
    {
        Require([treatment, outcome, .. held]);
        var effects = Descendants(treatment);
        return !held.Any(effects.Contains)
            && Separated([.. edges.Where(edge => edge.From != treatment)], treatment, outcome, held);
    }

    private static bool Separated(HashSet<(string From, string To)> edges, string first, string second, IReadOnlyCollection<string> given)
    {
        IEnumerable<string> Causes(string node) => edges.Where(edge => edge.To == node).Select(edge => edge.From);
        HashSet<string> family = [first, second, .. given];
        foreach (var node in family.ToArray()) family.UnionWith(Reach(node, Causes));
        var kept = edges.Where(edge => family.Contains(edge.From) && family.Contains(edge.To)).ToArray();
        var married = kept.SelectMany(a => kept.Where(b => a.To == b.To && a.From != b.From).Select(b => (a.From, b.From)));
        (string From, string To)[] moral = [.. kept, .. kept.Select(edge => (edge.To, edge.From)), .. married];
        return !Reach(first, at => moral.Where(edge => edge.From == at && !given.Contains(edge.To)).Select(edge => edge.To)).Contains(second);
    }

    private static HashSet<string> Reach(string start, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var node))
        {
            foreach (var neighbour in next(node)) if (reached.Add(neighbour)) open.Push(neighbour);
        }
        return reached;
    }

    private void Require(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => !nodes.Contains(name)) is { } unknown)
            throw new CausalException($"'{unknown}' is not in the graph; its nodes are {string.Join(", ", nodes)}.");
    }
}
