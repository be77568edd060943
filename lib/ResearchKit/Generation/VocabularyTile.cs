using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>Some positions and some words.</summary>
internal readonly record struct VocabularyTile(long FirstRow, long RowCount, long FirstWord, long WordCount)
{
    /// <summary>What sums and logarithms are taken in: float32, or float64 where that was given.</summary>
    internal static ScalarType Wide(Tensor values) => values.dtype is ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    internal Tensor Rows(Tensor values) => values.narrow(0, FirstRow, RowCount);

    internal Tensor Words(Tensor values) => values.narrow(0, FirstWord, WordCount);

    /// <summary>[n,w].</summary>
    internal Tensor Logits(Tensor hidden, Tensor weight)
    {
        var logits = Rows(hidden).mm(Words(weight).t());
        return logits.dtype == Wide(hidden) ? logits : logits.to_type(Wide(hidden));
    }

    /// <summary>The tokens' columns in the tile [n,1], and where a token's word stands in another tile.</summary>
    internal (Tensor Columns, Tensor Elsewhere) Local(Tensor targets)
    {
        var columns = Rows(targets).sub(FirstWord).unsqueeze(-1);
        return (columns.clamp(0, WordCount - 1), columns.lt(0).logical_or(columns.ge(WordCount)));
    }

    /// <summary>sum = a b, or sum += a b; in the sum's type.</summary>
    internal static void AddProduct(Tensor sum, Tensor a, Tensor b, bool first)
    {
        if (sum.dtype == a.dtype) sum.addmm_(a, b, first ? 0 : 1, 1);
        else if (first) sum.copy_(a.mm(b));
        else sum.add_(a.mm(b));
    }
}
