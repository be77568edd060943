using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>
/// A linear map from hidden states to one number: a reward of the whole text, read at its last real token, or a value
/// at every token. The weight is called score, as in Hugging Face's sequence classifiers with one label.
/// </summary>
public sealed class ScalarHead : NamedModule
{
    private readonly Projection score;

    private ScalarHead(Projection score) : base(nameof(ScalarHead)) => register_module("score", this.score = score);

    /// <summary>A head with fresh weights.</summary>
    /// <param name="hiddenSize">D of the model below.</param>
    /// <param name="generator">The source of the weights, N(0, deviation).</param>
    /// <param name="deviation">
    /// Their standard deviation; 1/sqrt(D+1) by default, which starts rewards near unit scale or below (Stiennon et al.
    /// 2020). Zero starts a value head at 0.
    /// </param>
    /// <param name="bias">A bias, initially 0; reward models have none, value heads do.</param>
    /// <param name="device">Where the weights live; the CPU by default.</param>
    public static ScalarHead Create(int hiddenSize, Generator generator, double? deviation = null, bool bias = false, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        return Build(hiddenSize, bias, deviation ?? 1 / Math.Sqrt(hiddenSize + 1), new Weights(generator, device ?? CPU, ScalarType.Float32));
    }

    /// <summary>A deep copy with parameters of its own, trainable where this head's are.</summary>
    public ScalarHead Copy()
    {
        using var noGrad = no_grad();
        var weight = parameters().First();
        var copy = Build(score.Inputs, parameters().Count() > 1, 0, new Weights(null, weight.device, weight.dtype));
        foreach (var (target, source) in copy.parameters().Zip(parameters()))
        {
            target.copy_(source);
            target.requires_grad = source.requires_grad;
        }
        return copy;
    }

    /// <summary>The number at each token: hidden states [B,T,D] to [B,T].</summary>
    public Tensor PerToken(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return score.Forward(hidden).squeeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>The number at each row's last real token: hidden states [B,T,D] to [B].</summary>
    /// <param name="hidden">Hidden states after the final norm.</param>
    /// <param name="attentionMask">1 on real tokens [B,T], padded on either side; null where nothing is padded.</param>
    public Tensor LastToken(Tensor hidden, Tensor? attentionMask = null)
    {
        using var scope = NewDisposeScope();
        return score.Forward(AtLastToken(hidden, attentionMask)).squeeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>The hidden state of each row's last real token: [B,T,D] to [B,D]. A row of padding alone gives its first state.</summary>
    public static Tensor AtLastToken(Tensor hidden, Tensor? attentionMask)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        if (attentionMask is null) return hidden.select(1, hidden.shape[1] - 1);
        using var scope = NewDisposeScope();
        var places = arange(hidden.shape[1], ScalarType.Int64, hidden.device);
        var last = attentionMask.ne(0).mul(places).argmax(1); // [B]
        return hidden.gather(1, last.view(-1, 1, 1).expand(-1, 1, hidden.shape[2])).squeeze(1).MoveToOuterDisposeScope();
    }

    private static ScalarHead Build(int hiddenSize, bool bias, double deviation, Weights weights)
    {
        using var scope = NewDisposeScope();
        var head = new ScalarHead(new Projection(hiddenSize, 1, bias, inputsFirst: false, deviation, weights));
        foreach (var parameter in head.parameters()) parameter.DetachFromDisposeScope();
        return head;
    }
}
