using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Text;

public sealed class SentenceEncoderTests
{
    private static readonly string[] Texts =
    [
        "The train to the coast was late again.", "Once more the coastal train did not arrive on time.",
        "My sister bakes bread every Sunday.", "Each Sunday, my sister makes fresh bread.",
        "The recipe needs two eggs and a cup of flour.", "For this dish you need a cup of flour and two eggs.",
        "He forgot his umbrella at the office.", "His umbrella was left behind at work.",
        "The match ended in a draw.", "Neither team won the game.",
        "Quantum computers use superposition.", "Superposition is what quantum computers make use of.",
    ];

    [Fact]
    public void A_paraphrase_is_nearer_than_an_unrelated_sentence()
    {
        var folder = Path.Combine(Checkout.Root, "lib", "ResearchKit.Encoder", "bin", "encoder");
        if (!SentenceEncoder.TryOpen(folder, out var encoder, out var reason)) Assert.Skip(reason);

        var vectors = encoder.Encode(Texts);
        double Cosine(int i, int j) => vectors[i].Zip(vectors[j], (a, b) => (double)a * b).Sum();

        Assert.StartsWith("all-MiniLM-L6-v2 ", encoder.Version, StringComparison.Ordinal);
        Assert.All(vectors, vector => Assert.Equal(384, vector.Length));
        for (var i = 0; i < Texts.Length; i += 2)
        {
            Assert.Equal(1, Cosine(i, i), 3);
            var unrelated = Enumerable.Range(0, Texts.Length).Where(j => j / 2 != i / 2).Max(j => Cosine(i, j));
            Assert.True(Cosine(i, i + 1) > unrelated, $"'{Texts[i]}': {Cosine(i, i + 1):F2} to its paraphrase, {unrelated:F2} to an unrelated sentence");
        }
    }

    [Fact]
    public void Where_it_is_not_built_the_reason_says_how_to_build_it()
    {
        Assert.False(SentenceEncoder.TryOpen(Path.GetTempPath(), out var encoder, out var reason));
        Assert.Null(encoder);
        Assert.Contains("dotnet build lib/ResearchKit.Encoder", reason, StringComparison.Ordinal);
    }
}
