using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// Logits, log-probabilities, entropy and forward KL of N positions, some words at a time, with the gradients in closed form.
/// With p = softmax z: d log p_y / dz = e_y − p, dH/dz = −p (log p + H), d KL(q ‖ p) / dz = p − q. Kept for backward are the
/// inputs and a few numbers per position; the logits of a tile are computed again, but for a small vocabulary, whose logits
/// take less memory than one tile would.
/// </summary>
/// <remarks>
/// Words and not positions are cut first: the output layer, the larger factor, is then read once for up to
/// <see cref="TileRows"/> positions, and its gradient is written once.
/// </remarks>
internal sealed class VocabularyPass : autograd.SingleTensorFunction<VocabularyPass>
{
    /// <summary>Logits held at a time: 16 MB of float32.</summary>
    internal const long TileSize = 1 << 22;

    /// <summary>Positions of a tile.</summary>
    internal const int TileRows = 4096;

    public override string Name => nameof(VocabularyPass);

    /// <summary>The rows of the result: log-probabilities, then the entropy if asked for, then the KL if there is a reference.</summary>
    internal static Tensor Of(Tensor hidden, Tensor weight, Tensor targets, bool entropy, ReferenceStates? reference, int rows, int words) =>
        reference is null
            ? apply(hidden, weight, targets, entropy, rows, words)
            : apply(hidden, weight, targets, entropy, rows, words, reference.Hidden.detach(), reference.Weight.detach());

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (hidden, weight, targets, entropy) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (bool)vars[3]);
        var grid = new VocabularyGrid(hidden.shape[0], weight.shape[0], (int)vars[4], (int)vars[5]);
        var reference = vars.Length > 6 ? new ReferenceStates((Tensor)vars[6], (Tensor)vars[7]) : null;
        using var scope = NewDisposeScope();
        var scores = empty([1 + (entropy ? 1 : 0) + (reference is null ? 0 : 1), hidden.shape[0]], VocabularyTile.Wide(hidden), hidden.device);
        // log Σ exp z, of the reference's z too, and the entropies: what backward needs of each position.
        var normalizers = empty([reference is null ? 1 : 2, hidden.shape[0]], VocabularyTile.Wide(hidden), hidden.device);
        var keep = reference is null && grid.IsOneTile && hidden.shape[0] * weight.shape[0] <= TileSize;
        Tensor? kept = null;
        foreach (var block in grid.Blocks)
        {
            using var inner = NewDisposeScope();
            var place = block[0];
            var running = VocabularySums.None(place.Rows(scores[0]));
            foreach (var tile in block)
            {
                using var one = NewDisposeScope();
                var z = tile.Logits(hidden, weight);                                          // [n,w]
                running = running.With(z, tile.Local(targets), entropy, reference is null ? null : tile.Logits(reference.Hidden, reference.Weight)).Keep(running);
                if (keep) kept = z.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
            }
            place.Rows(normalizers[0]).copy_(running.Normalizer);
            place.Rows(scores[0]).copy_(running.Chosen.sub(running.Normalizer));
            if (entropy) place.Rows(scores[1]).copy_(running.Normalizer.sub(running.MeanLogit));
            if (reference is null) continue;
            // Σ q (z_ref − z) + lse z − lse z_ref
            place.Rows(normalizers[1]).copy_(running.ReferenceNormalizer);
            place.Rows(scores[scores.shape[0] - 1]).copy_(running.MeanDifference.add(running.Normalizer).sub(running.ReferenceNormalizer));
        }
        // TorchSharp takes hold of what is saved only after this method: it has to outlive the scope.
        List<Tensor> saved = [hidden, weight, targets, normalizers.MoveToOuterDisposeScope()];
        if (entropy) saved.Add(scores[1].clone().MoveToOuterDisposeScope());
        if (reference is not null) saved.AddRange([reference.Hidden, reference.Weight]);
        if (kept is not null) saved.Add(kept.MoveToOuterDisposeScope());
        ctx.save_for_backward(saved);
        ctx.save_data("grid", grid);
        ctx.save_data("entropy", entropy);
        ctx.save_data("reference", reference is not null);
        ctx.save_data("kept", kept is not null);
        return scores.MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (saved, grid) = (ctx.get_saved_variables(), (VocabularyGrid)ctx.get_data("grid"));
        var (withEntropy, withReference, withLogits) = ((bool)ctx.get_data("entropy"), (bool)ctx.get_data("reference"), (bool)ctx.get_data("kept"));
        var (hidden, weight, targets, normalizers) = (saved[0], saved[1], saved[2], saved[3]);
        var entropies = withEntropy ? saved[4] : null;
        var reference = withReference ? new ReferenceStates(saved[withEntropy ? 5 : 4], saved[withEntropy ? 6 : 5]) : null;
        var kept = withLogits ? saved[^1] : null;

        using var scope = NewDisposeScope();
        // Sums over the words of a half-precision model are float32, and rounded once.
        var hiddenGradient = hidden.requires_grad ? empty(hidden.shape, VocabularyTile.Wide(hidden), hidden.device) : null;
        var weightGradient = weight.requires_grad ? empty_like(weight) : null;
        foreach (var tile in grid.Blocks.SelectMany(block => block))
        {
            using var inner = NewDisposeScope();
            var ofToken = tile.Rows(grad_output[0]).unsqueeze(-1);                            // [n,1]
            var ofKl = reference is null ? null : tile.Rows(grad_output[grad_output.shape[0] - 1]).unsqueeze(-1);
            var normalizer = tile.Rows(normalizers[0]).unsqueeze(-1);
            var logP = kept is null ? tile.Logits(hidden, weight).sub_(normalizer) : kept.sub(normalizer); // [n,w]
            var onP = ofKl is null ? ofToken.neg() : ofKl - ofToken;
            Tensor gradient;                                                                  // of the logits
            if (entropies is null) gradient = logP.exp_().mul_(onP);
            else gradient = logP.exp().mul_(logP.add_(tile.Rows(entropies).unsqueeze(-1)).mul_(tile.Rows(grad_output[1]).neg().unsqueeze(-1)).add_(onP));
            if (reference is not null) gradient.addcmul_(tile.Logits(reference.Hidden, reference.Weight).sub_(tile.Rows(normalizers[1]).unsqueeze(-1)).exp_(), ofKl!, -1);
            var (columns, elsewhere) = tile.Local(targets);
            gradient.scatter_add_(-1, columns, ofToken.masked_fill(elsewhere, 0));
            if (gradient.dtype != hidden.dtype) gradient = gradient.to_type(hidden.dtype);
            if (hiddenGradient is not null) VocabularyTile.AddProduct(tile.Rows(hiddenGradient), gradient, tile.Words(weight), first: tile.FirstWord == 0);
            if (weightGradient is not null) VocabularyTile.AddProduct(tile.Words(weightGradient), gradient.t(), tile.Rows(hidden), first: tile.FirstRow == 0);
        }
        if (hiddenGradient is not null && hiddenGradient.dtype != hidden.dtype) hiddenGradient = hiddenGradient.to_type(hidden.dtype);
        List<Tensor> gradients = [hiddenGradient?.MoveToOuterDisposeScope()!, weightGradient?.MoveToOuterDisposeScope()!, null!, null!, null!, null!];
        if (withReference) gradients.AddRange([null!, null!]);
        return gradients;
    }
}
