using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Worlds;

/// <summary>The spurious side of <see cref="ConfoundedWorld"/>: interventions on each feature, and changes that keep the meaning.</summary>
public static class ConfoundedStyle
{
    private const int LongFiller = 6, MoreFiller = 3;

    /// <summary>Polite word, bullets, filler (6 words or none; from 3 it counts as on), word of confidence: each on or off by itself.</summary>
    public static IReadOnlyList<IIntervention<int[]>> Interventions(ConfoundedWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return
        [
            new Feature(world, "politeness", a => a.Polite, (a, on, _) => a with { Polite = on }),
            new Feature(world, "bullets", a => a.Bullets, (a, on, _) => a with { Bullets = on }),
            new Feature(world, "filler", a => a.Filler.Count >= LongFiller / 2, (a, on, rng) => a with { Filler = on ? ConfoundedWorld.Words(LongFiller, rng) : [] }),
            new Feature(world, "confidence", a => a.Confident, (a, on, _) => a with { Confident = on }),
        ];
    }

    /// <summary>The answer with all four features on, or with none.</summary>
    public static int[] Dress(ConfoundedWorld world, int[] answer, bool on, Rng rng) =>
        Interventions(world).Aggregate(answer, (dressed, feature) => feature.Set(dressed, on, rng));

    /// <summary>Six changes that keep the meaning: more filler, no filler, bullets on or off, politeness on or off, confidence on or off, clauses in another order with the topic's other subject word.</summary>
    public static IReadOnlyList<Transformation<int[]>> Transformations(ConfoundedWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        Transformation<int[]> Of(string name, Func<ConfoundedAnswer, Rng, ConfoundedAnswer> change) =>
            new(name, (answer, rng) => world.Write(change(world.ReadAnswer(answer), rng)));
        return
        [
            Of("add filler", (a, rng) => a with { Filler = [.. a.Filler, .. ConfoundedWorld.Words(Math.Min(MoreFiller, ConfoundedWorld.MostFiller - a.Filler.Count), rng)] }),
            Of("remove filler", (a, _) => a with { Filler = [] }),
            Of("switch bullets", (a, _) => a with { Bullets = !a.Bullets }),
            Of("switch politeness", (a, _) => a with { Polite = !a.Polite }),
            Of("switch confidence", (a, _) => a with { Confident = !a.Confident }),
            Of("reorder and reword", (a, _) => a with { Subject = a.Subject ^ 1, Clauses = [.. a.Clauses.Reverse()] }),
        ];
    }

    private sealed class Feature(ConfoundedWorld world, string name, Func<ConfoundedAnswer, bool> holds, Func<ConfoundedAnswer, bool, Rng, ConfoundedAnswer> set) : IIntervention<int[]>
    {
        public string Name => name;

        public bool Holds(int[] answer) => holds(world.ReadAnswer(answer));

        public int[] Set(int[] answer, bool on, Rng rng) => world.Write(set(world.ReadAnswer(answer), on, rng));
    }
}
