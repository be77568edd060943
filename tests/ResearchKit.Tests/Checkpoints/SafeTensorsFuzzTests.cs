using ResearchKit.Checkpoints;
using ResearchKit.Runtime;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Checkpoints;

public sealed class SafeTensorsFuzzTests
{
    [Fact]
    public void Ten_thousand_mutated_files_open_and_read_or_are_refused_and_cost_less_than_twice_the_file()
    {
        using var folder = new TempFolder();
        var valid = Valid(folder);
        var rng = new Rng(20_260);
        int opened = 0, refused = 0;
        for (var trial = 0; trial < 10_000; trial++)
        {
            var bytes = Mutate(valid, rng);
            File.WriteAllBytes(folder["mutated"], bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var native = Exercise(folder["mutated"]);
            var managed = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(managed + native <= 2L * valid.Length, $"trial {trial}: {managed} managed, {native} native bytes for a file of {valid.Length}");
            if (native > 0) opened++;
            else refused++;
        }
        Assert.True(opened > 500 && refused > 5_000, $"{opened} opened, {refused} refused: the mutations should reach both");
    }

    /// <summary>Bytes of the tensors that were read; 0 when the file was refused.</summary>
    private static long Exercise(string path)
    {
        try
        {
            using var file = SafeTensorsFile.Open(path);
            var read = 0L;
            foreach (var name in file.Entries.Keys)
            {
                using var tensor = file.Read(name);
                read += tensor.numel() * tensor.element_size();
            }
            return read;
        }
        catch (CheckpointException)
        {
            return 0;
        }
    }

    private static byte[] Mutate(byte[] valid, Rng rng)
    {
        var bytes = valid.ToArray();
        var header = 8 + (int)BitConverter.ToInt64(valid);
        for (var edits = 1 + rng.Next(3); edits > 0; edits--)
        {
            // Half of the edits hit the header, where nearly all of the format's rules live.
            var at = rng.Chance(0.5) ? rng.Next(Math.Min(header, bytes.Length)) : rng.Next(bytes.Length);
            switch (rng.Next(5))
            {
                case 0: bytes[at] = (byte)rng.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << rng.Next(8)); break;
                case 2: bytes[at] = (byte)('0' + rng.Next(10)); break;
                case 3: bytes = [.. bytes[..at], (byte)rng.Next(256), .. bytes[at..]]; break;
                default: if (bytes.Length > 1) bytes = rng.Chance(0.9) ? [.. bytes[..at], .. bytes[(at + 1)..]] : bytes[..Math.Max(1, at)]; break;
            }
        }
        return bytes;
    }

    private static byte[] Valid(TempFolder folder)
    {
        using var scope = NewDisposeScope();
        SafeTensorsWriter.Write(
            folder["valid"],
            new Dictionary<string, Tensor>
            {
                ["embed"] = zeros(32, 128),
                ["layer.0.weight"] = zeros(4, 4, ScalarType.Float16),
                ["layer.0.bias"] = zeros(4, ScalarType.BFloat16),
                ["ids"] = zeros(5, ScalarType.Int64),
                ["mask"] = zeros(7, ScalarType.Bool),
                ["scale"] = zeros(Array.Empty<long>(), ScalarType.Float64),
                ["none"] = zeros(0, 3),
            },
            new Dictionary<string, string> { ["format"] = "pt" });
        return File.ReadAllBytes(folder["valid"]);
    }
}
