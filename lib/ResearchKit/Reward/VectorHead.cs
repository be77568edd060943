using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// A reward head on frozen vectors: linear, r(v) = w·z, or one hidden layer, r(v) = w·gelu(W z + b), with
/// z = (v − mean) / (deviation · √D) over the training vectors, so that ‖z‖ is about 1 whatever the encoder's scale.
/// Made and trained by <see cref="VectorHeadTrainer"/>.
/// </summary>
/// <remarks>A fresh head scores every vector 0. There is no bias at the end: pairs leave it open.</remarks>
public sealed class VectorHead : NamedModule
{
    private readonly Tensor shift;
    private readonly Tensor scale;
    private readonly Projection? hidden;
    private readonly Projection score;

    internal VectorHead(Tensor vectors, int hiddenSize, Generator generator) : base(nameof(VectorHead))
    {
        var size = (int)vectors.shape[1];
        var weights = new Weights(generator, vectors.device, vectors.dtype);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            var deviation = vectors.std(0, unbiased: false);                                  // [D]
            // A coordinate that never varied in training says nothing: it is switched off, not divided by 0.
            var varied = deviation.gt(1e-12);
            register_buffer("shift", shift = vectors.mean([0]).MoveToOuterDisposeScope().DetachFromDisposeScope());
            register_buffer("scale", scale = varied.to_type(vectors.dtype).div(deviation.masked_fill(varied.logical_not(), 1) * Math.Sqrt(size)).DetachFromDisposeScope());
        }
        if (hiddenSize > 0) register_module("hidden", hidden = new Projection(size, hiddenSize, hasBias: true, inputsFirst: false, deviation: 1, weights));
        register_module("score", score = new Projection(hiddenSize > 0 ? hiddenSize : size, 1, hasBias: false, inputsFirst: false, deviation: 0, weights));
        foreach (var parameter in parameters()) parameter.DetachFromDisposeScope();
    }

    /// <summary>Rewards of vectors [N,D] -> [N], differentiable in the head's weights.</summary>
    public Tensor Scores(Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.dim() != 2 || vectors.shape[1] != shift.shape[0])
            throw new ArgumentException($"the vectors are [{string.Join(',', vectors.shape)}]; this head was trained on [N,{shift.shape[0]}]", nameof(vectors));
        using var scope = NewDisposeScope();
        var z = (vectors - shift) * scale;                                                    // [N,D]
        if (hidden is not null) z = nn.functional.gelu(hidden.Forward(z));                    // [N,H]
        return score.Forward(z).squeeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>The rewards as numbers, without a gradient.</summary>
    public double[] Read(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return Scores(vectors).to(ScalarType.Float64).cpu().data<double>().ToArray();
    }

    /// <summary>The share of pairs whose chosen answer scores higher, in [0, 1]; a tie counts one half. Labels and weights play no part.</summary>
    public double Accuracy(VectorPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return Read(pairs.Chosen).Zip(Read(pairs.Rejected)).Average(pair => pair.First > pair.Second ? 1 : pair.First == pair.Second ? 0.5 : 0);
    }
}
