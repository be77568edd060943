using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>
/// Cosines and signed sines of the rotary positions (Su et al. 2021), kept per device and element type and grown on
/// demand. Pairs are (i, i + d/2): turning x is x cos + swap(x) sin, where swap exchanges the two halves and the
/// first half of sin carries the minus sign.
/// </summary>
internal sealed class RotaryTable(ModelConfig config) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string, ScalarType), (Tensor Cos, Tensor Sin)> tables = [];

    /// <summary>The table's first rows, at least <paramref name="length"/> of them: cos and sin [n,d].</summary>
    internal (Tensor Cos, Tensor Sin) Get(long length, Device device, ScalarType dtype)
    {
        var key = (device.ToString(), dtype);
        lock (gate)
        {
            if (tables.TryGetValue(key, out var known) && known.Cos.shape[0] >= length) return known;
            // An outgrown table may still be in use on another thread: it is left to the garbage collector.
            var rows = Math.Min(Math.Max(256, 2 * length), Math.Max(length, config.MaxPositions));
            var table = Build(rows, device, dtype);
            tables[key] = table;
            return table;
        }
    }

    /// <summary>Turns queries or keys [B,H,T,d] by their positions' cos and sin ([T,d] or [B,1,T,d]).</summary>
    internal static Tensor Rotate(Tensor x, Tensor cos, Tensor sin) =>
        x.mul(cos).addcmul(x.roll(x.shape[^1] / 2, -1), sin, 1);

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (cos, sin) in tables.Values)
            {
                cos.Dispose();
                sin.Dispose();
            }
            tables.Clear();
        }
    }

    private (Tensor Cos, Tensor Sin) Build(long rows, Device device, ScalarType dtype)
    {
        // A table first built under inference mode must serve training later.
        using var ordinary = inference_mode(false);
        var size = config.HeadSize;
        var half = size / 2;
        var cos = new double[rows * size];
        var sin = new double[rows * size];
        for (var i = 0; i < half; i++)
        {
            var frequency = Math.Pow(config.RotaryBase, -2.0 * i / size);
            if (config.RotaryScaling is { } scaling) frequency = scaling.Apply(frequency);
            for (long p = 0; p < rows; p++)
            {
                var (s, c) = Math.SinCos(p * frequency);
                cos[p * size + i] = cos[p * size + i + half] = c;
                sin[p * size + i] = -s;
                sin[p * size + i + half] = s;
            }
        }
        return (Keep(cos), Keep(sin));

        Tensor Keep(double[] values)
        {
            using var wide = tensor(values, [rows, size]);
            return wide.to(dtype, device).DetachFromDisposeScope();
        }
    }
}
