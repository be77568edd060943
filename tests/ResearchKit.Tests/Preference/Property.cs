using CsCheck;

namespace ResearchKit.Tests.Preference;

/// <summary>A property over generated values, the same ones at every run: CsCheck's own Sample fixes only the first.</summary>
internal static class Property
{
    internal static void Holds<T>(this Gen<T> generator, int count, Action<T> property)
    {
        var random = new PCG(stream: 1, seed: 20240418);
        for (var i = 0; i < count; i++)
        {
            var value = generator.Generate(random, null, out _);
            try
            {
                property(value);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"value {i} of {count}, {Check.Print(value)}: {error.Message}", error);
            }
        }
    }

    internal static void Holds<T1, T2>(this Gen<(T1, T2)> generator, int count, Action<T1, T2> property) =>
        generator.Holds(count, value => property(value.Item1, value.Item2));
}
