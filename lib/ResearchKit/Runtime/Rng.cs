using System.Numerics;

namespace ResearchKit.Runtime;

/// <summary>
/// A seeded generator of managed random numbers (xoshiro256**, Blackman and Vigna 2018) whose whole state can be read
/// and set, so that a run resumes where it stopped. Not thread-safe: one per thread.
/// </summary>
public sealed class Rng
{
    private ulong a, b, c, d;

    /// <summary>Seeds the four words by SplitMix64.</summary>
    public Rng(ulong seed)
    {
        a = SplitMix(ref seed);
        b = SplitMix(ref seed);
        c = SplitMix(ref seed);
        d = SplitMix(ref seed);
    }

    /// <summary>The four state words.</summary>
    public IReadOnlyList<ulong> State
    {
        get => [a, b, c, d];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count != 4) throw new ArgumentException($"the state has 4 words, {value.Count} were given", nameof(value));
            (a, b, c, d) = (value[0], value[1], value[2], value[3]);
        }
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform on 0 .. <paramref name="count"/>-1, without modulo bias.</summary>
    public int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var limit = ulong.MaxValue - ulong.MaxValue % (ulong)count;
        ulong bits;
        do bits = NextBits(); while (bits >= limit);
        return (int)(bits % (ulong)count);
    }

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>A standard normal number (Box-Muller, nothing kept back, so the state is all there is).</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>One of the items, uniformly.</summary>
    public T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items[Next(items.Count)];
    }

    /// <summary>Shuffles in place (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A random order of 0 .. <paramref name="count"/>-1.</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        Shuffle<int>(order);
        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
