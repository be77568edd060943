using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>
/// Low-rank adaptation (Hu et al. 2022): W x + (alpha / r) B A x on the target projections, A [r,in] uniform within
/// 1/sqrt(in), B [out,r] zero, as in PEFT. While attached only A and B train. The base model, adapter off, is the
/// reference model of preference training without a second copy (<see cref="Disabled"/>).
/// </summary>
public sealed class LoraAdapter
{
    private readonly List<(string Name, Projection Projection)> targets;
    private readonly Dictionary<Parameter, bool> trainable;

    private LoraAdapter(CausalLM model, LoraOptions options, List<(string, Projection)> targets)
    {
        (Model, Options, this.targets) = (model, options, targets);
        trainable = model.BaseParameters().ToDictionary(item => item.Parameter, item => item.Parameter.requires_grad);
        foreach (var parameter in trainable.Keys) parameter.requires_grad = false;
        model.Adapter = this;
    }

    /// <summary>The model it is attached to.</summary>
    public CausalLM Model { get; }

    /// <summary>Its shape.</summary>
    public LoraOptions Options { get; }

    /// <summary>True while the update is added into the base weights.</summary>
    public bool Merged { get; private set; }

    /// <summary>Attaches a fresh adapter, which at first changes nothing, and freezes the base.</summary>
    /// <param name="model">The base model, without an adapter.</param>
    /// <param name="options">Rank, alpha and targets.</param>
    /// <param name="generator">The source of A.</param>
    /// <exception cref="ModelException">An adapter is attached already, a target matches nothing, or the rank is below 1.</exception>
    public static LoraAdapter Attach(CausalLM model, LoraOptions options, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return Attach(model, options, generator, null);
    }

    /// <summary>The adapter's parameters under PEFT's names (without its "base_model.model." prefix), in the model's order.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Parameters() =>
        targets.SelectMany(target => new[] { ($"{target.Name}.lora_A.weight", target.Projection.Lora!.A), ($"{target.Name}.lora_B.weight", target.Projection.Lora!.B) });

    /// <summary>Adds the update into the base weights, which makes the adapter free at inference; no effect when merged.</summary>
    public void Merge()
    {
        if (Merged) return;
        foreach (var (_, projection) in targets) projection.Merge();
        Merged = true;
    }

    /// <summary>Gives the base its own weights back, bit for bit; no effect when not merged.</summary>
    public void Unmerge()
    {
        if (!Merged) return;
        foreach (var (_, projection) in targets) projection.Unmerge();
        Merged = false;
    }

    /// <summary>Removes the adapter: the base weights are what they were, bit for bit, and train where they did.</summary>
    public void Unload()
    {
        Unmerge();
        foreach (var (_, projection) in targets) projection.RemoveLora();
        foreach (var (parameter, was) in trainable) parameter.requires_grad = was;
        targets.Clear();
        if (ReferenceEquals(Model.Adapter, this)) Model.Adapter = null;
    }

    /// <summary>Switches the adapter off until the result is disposed: the model computes as its base.</summary>
    /// <exception cref="ModelException">The adapter is merged.</exception>
    public IDisposable Disabled()
    {
        if (Merged) throw new ModelException("The adapter is merged into the base weights and cannot be switched off; unmerge it first.");
        foreach (var (_, projection) in targets) projection.Lora!.Enabled = false;
        return new Switch(this);
    }

    /// <summary>An adapter whose weights are still to be filled in.</summary>
    internal static LoraAdapter AttachUnset(CausalLM model, LoraOptions options) => Attach(model, options, null, null);

    /// <summary>The same adapter on a copy of the model.</summary>
    internal LoraAdapter CopyTo(CausalLM copy)
    {
        using var noGrad = no_grad();
        var adapter = AttachUnset(copy, Options);
        foreach (var ((_, target), (_, source)) in adapter.Parameters().Zip(Parameters())) target.copy_(source);
        return adapter;
    }

    private static LoraAdapter Attach(CausalLM model, LoraOptions options, Generator? generator, Device? device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Rank < 1) throw new ModelException($"The adapter's rank is {options.Rank}; it must be at least 1.");
        if (model.Adapter is not null) throw new ModelException("The model has an adapter already; unload it first.");
        var all = model.Projections().ToList();
        foreach (var target in options.TargetModules.Where(target => !all.Any(item => Matches(item.Name, target))))
            throw new ModelException($"No projection of the model is named '{target}'; it has {string.Join(", ", all.Select(item => item.Name.Split('.')[^1]).Distinct())}.");
        var chosen = all.Where(item => options.TargetModules.Any(target => Matches(item.Name, target))).ToList();
        if (chosen.Count == 0) throw new ModelException("The adapter has no target modules; name at least one, such as q_proj or c_attn.");
        var adapter = new LoraAdapter(model, options, chosen);
        using var scope = NewDisposeScope();
        var weights = new Weights(generator, device ?? model.Device, model.Dtype);
        foreach (var (_, projection) in chosen) projection.AddLora(options, weights);
        return adapter;
    }

    private static bool Matches(string name, string target) => name == target || name.EndsWith("." + target, StringComparison.Ordinal);

    private sealed class Switch(LoraAdapter adapter) : IDisposable
    {
        public void Dispose()
        {
            foreach (var (_, projection) in adapter.targets) projection.Lora!.Enabled = true;
        }
    }
}
