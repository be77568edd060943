using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

public sealed class FormFillingTests
{
    private const int Blank = FormFilling.Blank;
    private static readonly int[][] Forms =
    [
        [5, 6, 7, Blank, 8, Blank, 9, 10, 11, Blank],
        [5, Blank, Blank, 9],
        [6, 7, 8, 9, 5, Blank, 6, 5, 7, Blank, 8, Blank, 7],
        [9, Blank],
    ];

    public static IEnumerable<TheoryDataRow<ModelFamily>> Families() => TinyModels.Families.Select(family => new TheoryDataRow<ModelFamily>(family));

    [Theory]
    [MemberData(nameof(Families))]
    public void Each_blank_gets_the_likeliest_token_after_all_that_stands_before_it(ModelFamily family)
    {
        using var model = TinyModels.Create(family);
        var filled = FormFilling.Fill(model, Forms, 0, null);

        foreach (var (form, tokens) in Forms.Zip(filled)) Assert.Equal(OneByOne(model, form), tokens);
    }

    [Fact]
    public void Batches_change_nothing_and_a_seed_decides_what_is_sampled()
    {
        using var model = TinyModels.Create();
        Assert.Equal(FormFilling.Fill(model, Forms, 0, null), FormFilling.Fill(model, Forms, 0, null, batchSize: 1));

        int[][] many = [.. Enumerable.Repeat(Forms[0], 40)];
        int[] Drawn(ulong seed)
        {
            using var generator = new Generator(seed, CPU);
            return [.. FormFilling.Fill(model, many, 1, generator).SelectMany(tokens => tokens)];
        }
        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
    }

    [Fact]
    public void A_form_that_cannot_be_filled_is_named()
    {
        using var model = TinyModels.Create();
        string Error(int[] form, double temperature = 0) =>
            Assert.Throws<GenerationException>(() => FormFilling.Fill(model, [Forms[0], form], temperature, null)).Message;

        Assert.Contains("Form 1 has no blank", Error([5, 6]));
        Assert.Contains("Form 1 begins with a blank", Error([Blank, 5]));
        Assert.Contains("Form 1 begins with nothing", Error([]));
        Assert.Contains("token id -2", Error([5, -2, Blank]));
        Assert.Contains("positions", Error([.. Enumerable.Repeat(5, model.Config.MaxPositions), Blank]));
        Assert.Contains("needs a generator", Error(Forms[1], temperature: 1));
    }

    private static int[] OneByOne(CausalLM model, int[] form)
    {
        using var noGrad = no_grad();
        List<long> before = [];
        List<int> written = [];
        foreach (var token in form)
        {
            if (token == Blank) written.Add((int)model.Forward(tensor(before.ToArray()).unsqueeze(0))[0, ^1].argmax().item<long>());
            before.Add(token == Blank ? written[^1] : token);
        }
        return [.. written];
    }
}
