using System.Text;
using ResearchKit.Checkpoints;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Checkpoints;

public sealed class SafeTensorsTests
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
        ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];

    [Fact]
    public void Every_type_and_shape_comes_back_bit_for_bit()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var generator = new Generator(5, CPU);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var type in Types)
        {
            tensors[$"{type}.matrix"] = randint(0, type == ScalarType.Bool ? 2 : 100, [3, 5], generator: generator).to_type(type);
            tensors[$"{type}.scalar"] = randint(0, 2, Array.Empty<long>(), generator: generator).to_type(type);
            tensors[$"{type}.empty"] = empty([2, 0, 3], type);
        }
        SafeTensorsWriter.Write(folder["a.safetensors"], tensors, new Dictionary<string, string> { ["format"] = "pt", ["note"] = "\"ä\"\n" });

        using var file = SafeTensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(tensors.Keys.Order(), file.Entries.Keys.Order());
        Assert.Equal("\"ä\"\n", file.Metadata["note"]);
        foreach (var (name, expected) in tensors)
        {
            var actual = file.Read(name);
            Assert.Equal(expected.dtype, actual.dtype);
            Assert.Equal(expected.shape, actual.shape);
            Assert.True(actual.equal(expected).all().item<bool>(), name);
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_reference_writer()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["b"] = tensor(new byte[] { 7 }), ["a"] = tensor(new[] { 1f, 2f }), ["c"] = tensor(new[] { 3f }) };
        SafeTensorsWriter.Write(folder["a.safetensors"], tensors, new Dictionary<string, string> { ["format"] = "pt" });

        var bytes = File.ReadAllBytes(folder["a.safetensors"]);
        var header = Encoding.UTF8.GetString(bytes, 8, (int)BitConverter.ToInt64(bytes));
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"c":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"U8","shape":[1],"data_offsets":[12,13]}}""",
            header.TrimEnd(' '));
        Assert.Equal(0, header.Length % 8);
        Assert.Equal(new byte[] { 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 7 }, bytes[(8 + header.Length)..]);
    }

    [Fact]
    public void The_order_in_which_tensors_are_given_does_not_change_the_file()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var one = tensor(new[] { 1f });
        var two = tensor(new[] { 2L });
        SafeTensorsWriter.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = one, ["y"] = two });
        SafeTensorsWriter.Write(folder["b"], new Dictionary<string, Tensor> { ["y"] = two, ["x"] = one });

        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void A_transposed_view_is_written_in_its_own_order()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var view = arange(6, ScalarType.Float32).reshape(2, 3).t();
        SafeTensorsWriter.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = view });

        using var file = SafeTensorsFile.Open(folder["a"]);
        Assert.Equal(new float[] { 0, 3, 1, 4, 2, 5 }, file.Read("x").data<float>().ToArray());
    }

    [Fact]
    public void A_longer_old_file_is_replaced_whole_and_nothing_is_left_beside_it()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        SafeTensorsWriter.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = zeros(1000) });
        SafeTensorsWriter.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = ones(2) });

        using var file = SafeTensorsFile.Open(folder["a"]);
        Assert.Equal([2L], file.Entries["x"].Shape);
        Assert.Equal([folder["a"]], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_tensor_is_converted_on_reading_when_asked()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        SafeTensorsWriter.Write(folder["a"], new Dictionary<string, Tensor> { ["x"] = tensor(new[] { 1.5f, -2f }).to_type(ScalarType.BFloat16) });

        using var file = SafeTensorsFile.Open(folder["a"]);
        Assert.Equal(new[] { 1.5f, -2f }, file.Read("x", ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void A_type_that_the_format_lacks_and_a_reserved_name_are_refused_before_anything_is_written()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        var complex = Assert.Throws<CheckpointException>(() => SafeTensorsWriter.Write(folder["a"], new Dictionary<string, Tensor> { ["z"] = zeros(1, ScalarType.ComplexFloat32) }));
        var reserved = Assert.Throws<CheckpointException>(() => SafeTensorsWriter.Write(folder["a"], new Dictionary<string, Tensor> { ["__metadata__"] = zeros(1) }));

        Assert.Contains("'z'", complex.Message, StringComparison.Ordinal);
        Assert.Contains("reserved", reserved.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_real_checkpoint_opens_and_every_tensor_reads()
    {
        using var weights = WeightSource.Open(Checkout.Shared("models/stories260K"));
        foreach (var (name, entry) in weights.Entries)
        {
            using var read = weights.Read(name, ScalarType.Float32);
            Assert.Equal(entry.Shape, read.shape);
            Assert.True(read.isfinite().all().item<bool>(), name);
        }
    }

    [Fact]
    public void Files_of_Hugging_Faces_writer_are_rewritten_byte_for_byte()
    {
        using var folder = new TempFolder();
        var files = Directory.GetFiles(Checkout.Shared("golden/models"), "*.safetensors", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            using var scope = NewDisposeScope();
            using var file = SafeTensorsFile.Open(path);
            SafeTensorsWriter.Write(folder["again"], file.Entries.Keys.Reverse().ToDictionary(name => name, name => file.Read(name)), file.Metadata);

            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(folder["again"])), path);
        }
    }
}
