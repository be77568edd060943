using ResearchKit.Data;
using ResearchKit.Reward;
using ResearchKit.Text;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: the process reward trainer's labels, token loss and accuracies.</summary>
internal sealed class GoldenPrm : IGoldenFamily
{
    public string? Missing(GoldenCase item) => item.Routine switch
    {
        "tokenize_row" or "ForTokenClassification + compute_accuracy" or "compute_accuracy (pairwise form; ties dropped)" => null,
        var other => $"routine '{other}' has no implementation yet",
    };

    public GoldenOutcome Run(GoldenCase item)
    {
        if (item.Routine == "tokenize_row") return Tokenize(item);
        if (item.HasInput("predictions")) return new(new Dictionary<string, Tensor> { ["accuracy"] = Number(StepAccuracy.PerPair(item.Input("predictions"))) });
        var (logits, labels) = (item.Input("logits"), item.Input("labels"));
        var loss = ProcessRewardLoss.Compute(logits, labels, Optional(item, "num_items_in_batch"));
        return new(new Dictionary<string, Tensor> { ["loss"] = loss, ["accuracy"] = Number(StepAccuracy.PerToken(logits, labels)) }, loss);
    }

    private static GoldenOutcome Tokenize(GoldenCase item)
    {
        string[] steps = [.. item.Parameter("completions").EnumerateArray().Select(step => step.GetString()!)];
        bool[] labels = [.. item.Parameter("labels").EnumerateArray().Select(label => label.GetBoolean())];
        var tokens = StepTokens.Of(
            new StepwiseRecord(item.Text("prompt")!, steps, labels), new Integers(Optional(item, "bos_token_id")), item.Text("step_separator")!,
            Optional(item, "max_completion_length"), Optional(item, "max_length"), item.Flag("train_on_last_step_only") && !item.Flag("is_eval"));
        Tensor Row(int[] values) => tensor(values.Select(value => (long)value).ToArray());
        return new(new Dictionary<string, Tensor> { ["input_ids"] = Row(tokens.Ids), ["labels"] = Row(tokens.Labels) });
    }

    private static int? Optional(GoldenCase item, string name) =>
        item.Parameter(name) is { ValueKind: System.Text.Json.JsonValueKind.Number } value ? value.GetInt32() : null;

    private static Tensor Number(double value) => tensor(value, dtype: ScalarType.Float64);

    /// <summary>Each whitespace-separated integer is its own token id.</summary>
    private sealed class Integers(int? bos) : ITokenizer
    {
        public int VocabSize => 100;
        public int? BosId => bos;
        public int? EosId => null;
        public int PadId => 0;
        public int[] Encode(string text, bool addSpecialTokens = false) => [.. text.Split(' ').Select(word => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
        public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = true) => string.Join(' ', ids);
        public string TokenText(int id) => $"{id}";
    }
}
