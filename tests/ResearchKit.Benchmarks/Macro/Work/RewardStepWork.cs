using ResearchKit.Checkpoints;
using ResearchKit.Models;
using ResearchKit.Reward;
using ResearchKit.Runtime;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>A Bradley-Terry step of a reward model: forward, backward, clipping at 1, AdamW; rows of prompt and answer.</summary>
internal sealed class RewardStepWork : IDisposable
{
    // So small that ten steps leave a loss to compare: at 1e-4 it is 1e-7 by then, whatever the gradients.
    private const double Rate = 1e-5;
    private readonly RewardModel model;
    private readonly bool fast;
    private readonly Tensor ids;
    private readonly Tensor[] parts;
    private readonly FusedAdamW fused;
    private readonly optim.Optimizer stock;

    /// <summary>Fast is the fused optimizer and, above one, parts of the batch side by side.</summary>
    internal RewardStepWork(bool fast, int count = 1)
    {
        this.fast = fast;
        using var generator = new RandomStreams(9001).Generator("head");
        model = new RewardModel(Shapes.Model(Shapes.Policy, "init"), ScalarHead.Create(Shapes.Policy.HiddenSize, generator));
        var pairs = Shapes.RandomPairs(Shapes.Pairs, Shapes.Prompt, Shapes.Answer);
        var rows = pairs.Select(pair => pair.Prompt.Concat(pair.Chosen)).Concat(pairs.Select(pair => pair.Prompt.Concat(pair.Rejected)));
        ids = tensor(rows.SelectMany(row => row).Select(id => (long)id).ToArray(), [2 * Shapes.Pairs, Shapes.Prompt + Shapes.Answer]);
        parts = [.. ids.view(2, Shapes.Pairs, -1).split(Shapes.Pairs / count, 1).Select(part => part.reshape(-1, ids.shape[1]))];
        fused = new FusedAdamW([.. model.named_parameters()]);
        stock = optim.AdamW(model.parameters(), lr: Rate, weight_decay: 0);
    }

    /// <summary>Model and batch for a step in another language.</summary>
    internal void Write(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["ids"] = ids, ["heads"] = tensor((long)Shapes.Policy.Heads) };
        foreach (var (name, parameter) in model.named_parameters()) tensors[$"policy.{name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]}"] = parameter;
        SafeTensorsWriter.Write(path, tensors);
    }

    internal double Step()
    {
        using var scope = NewDisposeScope();
        fused.ZeroGrad();
        double value;
        if (parts.Length == 1)
        {
            var loss = Loss(ids);
            loss.backward();
            value = loss.item<float>();
        }
        else
        {
            value = SplitBackward.Run(parts, [.. model.parameters()], Loss);
        }
        fused.ClipGradients(1);
        if (fast) fused.Step(Rate);
        else stock.step();
        return value;
    }

    private Tensor Loss(Tensor rows)
    {
        var rewards = model.Rewards(rows).split(rows.shape[0] / 2);
        return BradleyTerryLoss.Compute(rewards[0], rewards[1]).sum() / (double)Shapes.Pairs;
    }

    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
        ids.Dispose();
        fused.Dispose();
        stock.Dispose();
        model.Dispose();
    }
}
