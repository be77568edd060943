using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;

namespace ResearchKit.Runtime;

/// <summary>
/// Named random streams derived from one master seed: adding a draw to one stream moves no other. Nothing in the kit
/// reads a global random state.
/// </summary>
public sealed class RandomStreams(long master)
{
    /// <summary>The seed that all streams are derived from.</summary>
    public long Master { get; } = master;

    /// <summary>The stream's seed: the first eight bytes of SHA-256 over the master seed and the name.</summary>
    public ulong Seed(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt64LittleEndian(input, Master);
        text.CopyTo(input, 8);
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(input));
    }

    /// <summary>A managed generator for the named stream.</summary>
    public Rng Rng(string name) => new(Seed(name));

    /// <summary>A torch generator for the named stream; the caller disposes it.</summary>
    public torch.Generator Generator(string name, torch.Device? device = null) => new(Seed(name), device ?? torch.CPU);

    /// <summary>Streams of their own below a name, for one seed's run or one arm.</summary>
    public RandomStreams Child(string name) => new(unchecked((long)Seed(name)));
}
