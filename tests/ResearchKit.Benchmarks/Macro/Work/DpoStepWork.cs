using ResearchKit.Checkpoints;
using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Preference;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>Which of the kit's paths a DPO step takes.</summary>
/// <param name="Shared">Prompts once, answers' tokens alone through the vocabulary; else whole rows, log-softmax of all logits, gather.</param>
/// <param name="Fused">torch's fused AdamW; else TorchSharp's.</param>
/// <param name="Cached">The reference's log-probabilities were computed before; else its forward pass is part of the step.</param>
/// <param name="Parts">Parts of the batch side by side, a thread each.</param>
internal sealed record DpoWay(bool Shared, bool Fused, bool Cached, int Parts)
{
    /// <summary>As TRL writes it.</summary>
    internal static DpoWay Plain { get; } = new(false, false, false, 1);

    /// <summary>All that the kit has, the reference's forward pass still in the step.</summary>
    internal static DpoWay Fast { get; } = new(true, true, false, 1);
}

/// <summary>One DPO step: reference and policy forward, backward, clipping at 1, AdamW.</summary>
internal sealed class DpoStepWork : IDisposable
{
    private const double Beta = 0.1, Rate = 1e-4, Limit = 1;
    private readonly DpoWay way;
    private readonly CausalLM policy = Shapes.Model(Shapes.Policy, "init"), reference = Shapes.Model(Shapes.Policy, "reference").FrozenCopy();
    private readonly PairBatch rows;
    private readonly SharedPromptBatch[] parts;
    private readonly (Tensor Chosen, Tensor Rejected)[] cached = [];
    private readonly FusedAdamW fused;
    private readonly optim.Optimizer stock;

    internal DpoStepWork(DpoWay way)
    {
        this.way = way;
        var pairs = Shapes.RandomPairs(Shapes.Pairs, Shapes.Prompt, Shapes.Answer);
        rows = PairBatch.Collate(pairs, padId: 0);
        parts = [.. pairs.Chunk(pairs.Length / way.Parts).Select(part => SharedPromptBatch.Collate(part, padId: 0))];
        fused = new FusedAdamW([.. policy.named_parameters()]);
        stock = optim.AdamW(policy.parameters(), lr: Rate, weight_decay: 0);
        if (!way.Cached) return;
        using var noGrad = no_grad();
        cached = [.. parts.Select(part => Halves(SharedSums(reference, part)))];
    }

    /// <summary>Where given, a step in one part says what its sections take.</summary>
    internal Laps? Laps { get; set; }

    /// <summary>
    /// 10^9 operations of the matrix products of one step as TRL writes it, of a causal attention's the half: the policy's forward
    /// and backward three times, the reference's once.
    /// </summary>
    internal static double PlainGigaFlop()
    {
        var config = Shapes.Policy;
        double width = config.HiddenSize, length = Shapes.Prompt + Shapes.Answer, tokens = 2 * Shapes.Pairs * length;
        var perToken = config.Layers * (4 * width * width + 2 * width * config.IntermediateSize + width * (length + 1)) + width * config.VocabSize;
        return 4 * 2 * tokens * perToken / 1e9;
    }

    /// <summary>The part of it that sharing prompts leaves, by <see cref="SharedPromptEstimate"/>.</summary>
    internal double Shared => SharedPromptEstimate.Share(Shapes.Policy, parts[0]);

    /// <summary>Policy, reference and batch for a step in another language.</summary>
    internal void Write(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["ids"] = rows.Ids, ["mask"] = rows.CompletionMask, ["heads"] = tensor((long)Shapes.Policy.Heads) };
        foreach (var (name, parameter) in policy.named_parameters()) tensors[$"policy.{name}"] = parameter;
        foreach (var (name, parameter) in reference.named_parameters()) tensors[$"reference.{name}"] = parameter;
        SafeTensorsWriter.Write(path, tensors);
    }

    /// <summary>A step; its loss.</summary>
    internal double Step()
    {
        using var scope = NewDisposeScope();
        Laps?.Start();
        fused.ZeroGrad();
        double value;
        if (way.Parts == 1)
        {
            var loss = way.Shared ? PartLoss(0) : RowsLoss();
            Laps?.Mark("loss");
            loss.backward();
            value = loss.item<float>();
            Laps?.Mark("backward");
        }
        else
        {
            value = SplitBackward.Run([.. Enumerable.Range(0, parts.Length)], [.. policy.parameters()], PartLoss);
        }
        fused.ClipGradients(Limit);
        Laps?.Mark("clipping");
        if (way.Fused) fused.Step(Rate);
        else stock.step();
        Laps?.Mark("optimizer");
        return value;
    }

    private Tensor RowsLoss()
    {
        Tensor Sums(CausalLM model)
        {
            var logits = model.Forward(rows.Ids)[.., ..^1];                                                            // [2B,T-1,V]
            var perToken = logits.log_softmax(-1).gather(-1, rows.Ids[.., 1..].unsqueeze(-1)).squeeze(-1);             // [2B,T-1]
            return (perToken * rows.CompletionMask[.., 1..]).sum(-1);
        }
        return Loss(Halves(Lap("reference", Frozen(() => Sums(reference)))), Halves(Lap("policy", Sums(policy)))).mean();
    }

    private Tensor PartLoss(int part)
    {
        var frozen = way.Cached ? cached[part] : Halves(Lap("reference", Frozen(() => SharedSums(reference, parts[part]))));
        return Loss(frozen, Halves(Lap("policy", SharedSums(policy, parts[part])))).sum() / (double)Shapes.Pairs;
    }

    private Tensor Lap(string section, Tensor of)
    {
        if (parts.Length == 1) Laps?.Mark(section);
        return of;
    }

    private static Tensor SharedSums(CausalLM model, SharedPromptBatch batch) => LogProbs.Sum(SharedPromptLogProbs.PerToken(model, batch).LogProbs, batch.Mask);

    private static Tensor Frozen(Func<Tensor> of)
    {
        using var noGrad = no_grad();
        return of();
    }

    private static Tensor Loss((Tensor Chosen, Tensor Rejected) frozen, (Tensor Chosen, Tensor Rejected) sums) =>
        DpoLoss.Compute(sums.Chosen, sums.Rejected, frozen.Chosen, frozen.Rejected, Beta).Losses;

    private static (Tensor Chosen, Tensor Rejected) Halves(Tensor sums)
    {
        var halves = sums.split(sums.shape[0] / 2);
        return (halves[0], halves[1]);
    }

    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
        foreach (var (chosen, rejected) in cached)
        {
            chosen.Dispose();
            rejected.Dispose();
        }
        rows.Dispose();
        fused.Dispose();
        stock.Dispose();
        policy.Dispose();
        reference.Dispose();
    }
}
