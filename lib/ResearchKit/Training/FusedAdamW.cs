using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) as torch's own fused kernel: one native call for all parameters, where TorchSharp's
/// managed torch.optim.AdamW makes about eleven per parameter. Equal to that within float32 rounding.
/// </summary>
/// <remarks>A parameter without a gradient is skipped, as in torch. Not thread-safe; one per model.</remarks>
public sealed class FusedAdamW : IDisposable
{
    private readonly string[] names;
    private readonly Parameter[] parameters;
    private readonly Tensor[] firstMoments, secondMoments, steps;

    /// <summary>Starts with moments of zero.</summary>
    /// <param name="parameters">Floating-point leaves by name; the names are those of the saved state.</param>
    /// <param name="beta1">The first moment's decay.</param>
    /// <param name="beta2">The second moment's decay.</param>
    /// <param name="epsilon">Added to the root of the second moment.</param>
    /// <param name="weightDecay">Decoupled: p -= lr * weightDecay * p.</param>
    public FusedAdamW(IReadOnlyList<(string Name, Parameter Value)> parameters, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0) throw new ArgumentException("there is no parameter to train", nameof(parameters));
        (Beta1, Beta2, Epsilon, WeightDecay) = (beta1, beta2, epsilon, weightDecay);
        names = [.. parameters.Select(item => item.Name)];
        this.parameters = [.. parameters.Select(item => item.Value)];
        using var _ = no_grad();
        firstMoments = [.. this.parameters.Select(p => zeros_like(p).DetachFromDisposeScope())];
        secondMoments = [.. this.parameters.Select(p => zeros_like(p).DetachFromDisposeScope())];
        steps = [.. this.parameters.Select(p => zeros(Array.Empty<long>(), ScalarType.Float32, p.device).DetachFromDisposeScope())];
    }

    /// <summary>The first moment's decay.</summary>
    public double Beta1 { get; }

    /// <summary>The second moment's decay.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the root of the second moment.</summary>
    public double Epsilon { get; }

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; }

    /// <summary>Drops all gradients.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in parameters) parameter.grad = null;
    }

    /// <summary>
    /// The gradient's global L2 norm before clipping (torch.nn.utils.clip_grad_norm_, one native call); gradients with a
    /// larger norm than <paramref name="limit"/> are scaled down to it. 0 only measures.
    /// </summary>
    public double ClipGradients(double limit) => nn.utils.clip_grad_norm_(parameters, limit > 0 ? limit : double.PositiveInfinity);

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        var gradients = new List<Tensor>(parameters.Length);
        var with = new List<int>(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].grad is not { } gradient) continue;
            gradients.Add(gradient);
            with.Add(i);
        }
        if (with.Count == 0) return;
        Tensor[] Pick(Tensor[] all) => with.Count == all.Length ? all : [.. with.Select(i => all[i])];
        FusedKernels.AdamW(
            [.. with.Select(i => parameters[i])], [.. gradients], Pick(firstMoments), Pick(secondMoments), Pick(steps),
            learningRate, Beta1, Beta2, WeightDecay, Epsilon);
    }

    /// <summary>The state's tensors themselves, by "name.exp_avg", "name.exp_avg_sq" and "name.step".</summary>
    public IReadOnlyDictionary<string, Tensor> State
    {
        get
        {
            var state = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            for (var i = 0; i < names.Length; i++)
            {
                state[$"{names[i]}.exp_avg"] = firstMoments[i];
                state[$"{names[i]}.exp_avg_sq"] = secondMoments[i];
                state[$"{names[i]}.step"] = steps[i];
            }
            return state;
        }
    }

    /// <summary>Frees the moments; the parameters are the model's.</summary>
    public void Dispose()
    {
        foreach (var tensor in firstMoments.Concat(secondMoments).Concat(steps)) tensor.Dispose();
    }
}
