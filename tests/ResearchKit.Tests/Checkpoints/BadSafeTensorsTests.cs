using System.Text;
using ResearchKit.Checkpoints;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Checkpoints;

/// <summary>Hand-made bad files: each names its own fault, with what was found.</summary>
public sealed class BadSafeTensorsTests
{
    private const string F32 = "\"dtype\":\"F32\",\"shape\":[2]";

    public static TheoryData<string, byte[], string> Files
    {
        get
        {
            var rows = new TheoryData<string, byte[], string>();
            void Raw(string fault, byte[] bytes, string words) => rows.Add(fault, bytes, words);
            void Json(string fault, string header, int data, string words) => rows.Add(fault, File(Encoding.UTF8.GetBytes(header), data), words);

            Raw("empty file", [], "the file is empty: found 0 bytes");
            Raw("shorter than the header's length", [1, 0, 0], "the file is truncated: found 3 bytes");
            Raw("header length beyond the limit", [.. BitConverter.GetBytes(100_000_001L), 0], "too large: found 100000001");
            Raw("header length negative", [.. BitConverter.GetBytes(-1L), 0], "too large: found 18446744073709551615");
            Raw("header length beyond the file", [.. BitConverter.GetBytes(500L), (byte)'{'], "does not fit into the file: found a header of 500 bytes in a file of 9");
            Raw("a header of nothing", File([], 0), "not a JSON object: found nothing");
            Raw("a pickled PyTorch file", [.. BitConverter.GetBytes(3L), (byte)'P', (byte)'K', 3], "not a JSON object: found 'PK");
            Raw("invalid UTF-8", File([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}'], 0), "not UTF-8");
            Json("not JSON", "{\"a\":", 0, "not JSON");
            Json("text after the object", "{} x", 0, "not JSON");
            Json("an array", "[]", 0, "not a JSON object: found '[]'");
            Json("half a surrogate pair", "{\"\\ud800\":{}}", 0, "not Unicode");
            Json("truncated data", $"{{\"a\":{{{F32},\"data_offsets\":[0,8]}}}}", 7, "past the file's end: found end 8 in a data buffer of 7");
            Json("trailing data", $"{{\"a\":{{{F32},\"data_offsets\":[0,8]}}}}", 9, "belong to none: found a data buffer of 9 bytes, expected 8");
            Json("data without tensors", "{}", 4, "belong to none");
            Json("a name twice", $"{{\"a\":{{{F32},\"data_offsets\":[0,8]}},\"a\":{{{F32},\"data_offsets\":[8,16]}}}}", 16, "a name occurs twice: found 'a'");
            Json("a name twice, once escaped", $"{{\"a\":{{{F32},\"data_offsets\":[0,8]}},\"\\u0061\":{{{F32},\"data_offsets\":[8,16]}}}}", 16, "a name occurs twice");
            Json("a field twice", $"{{\"a\":{{{F32},\"dtype\":\"F32\",\"data_offsets\":[0,8]}}}}", 8, "a field occurs twice: found 'dtype'");
            Json("an unknown field", $"{{\"a\":{{{F32},\"data_offsets\":[0,8],\"stride\":[1]}}}}", 8, "an unknown field: found 'stride'");
            Json("unknown dtype", "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "unknown dtype: found 'F8_E4M3'");
            Json("dtype is a number", "{\"a\":{\"dtype\":32,\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "dtype is not a string: found 32");
            Json("dtype missing", "{\"a\":{\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "a field is missing: found no dtype");
            Json("shape missing", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,2]}}", 2, "found no shape");
            Json("offsets missing", $"{{\"a\":{{{F32}}}}}", 8, "found no data_offsets");
            Json("negative dimension", "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "shape holds what is no size: found -2");
            Json("fractional dimension", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", 8, "shape holds what is no size: found 2.5");
            Json("a dimension beyond 63 bits", "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,8]}}", 8, "found 9223372036854775808");
            Json("overflowing shape", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", 8, "the shape overflows: found [4294967296, 4294967296]");
            Json("overflowing shape behind a zero", "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4294967296,4294967296],\"data_offsets\":[0,0]}}", 0, "the shape overflows");
            Json("too many dimensions", $"{{\"a\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(",", Enumerable.Repeat(1, 65))}],\"data_offsets\":[0,4]}}}}", 4, "more than 64");
            Json("shape is no array", "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}", 8, "shape is not an array: found 2");
            Json("offsets out of order", $"{{\"a\":{{{F32},\"data_offsets\":[8,0]}}}}", 8, "out of order: found [8, 0]");
            Json("one offset", $"{{\"a\":{{{F32},\"data_offsets\":[0]}}}}", 8, "no pair: found 1 numbers");
            Json("negative offset", $"{{\"a\":{{{F32},\"data_offsets\":[-8,0]}}}}", 8, "data_offsets holds what is no size: found -8");
            Json("length against shape", $"{{\"a\":{{{F32},\"data_offsets\":[0,4]}}}}", 4, "does not match the shape: found 4 bytes in data_offsets [0, 4], expected 8 bytes for F32 [2]");
            Json("a hole", $"{{\"a\":{{{F32},\"data_offsets\":[0,8]}},\"b\":{{{F32},\"data_offsets\":[12,20]}}}}", 20, "a hole lies before the data: found begin 12, expected begin 8");
            Json("a hole at the start", $"{{\"a\":{{{F32},\"data_offsets\":[4,12]}}}}", 12, "a hole lies before the data: found begin 4, expected begin 0");
            Json("an overlap", $"{{\"a\":{{{F32},\"data_offsets\":[0,8]}},\"b\":{{{F32},\"data_offsets\":[4,12]}}}}", 12, "tensor 'b': the data overlaps another tensor's: found begin 4, expected begin 8");
            Json("an entry that is no object", "{\"a\":[1]}", 0, "the entry is not an object");
            Json("metadata that is no object", "{\"__metadata__\":\"pt\"}", 0, "__metadata__ is not an object: found the string 'pt'");
            Json("metadata that is no string", "{\"__metadata__\":{\"step\":1}}", 0, "__metadata__ 'step' is not a string: found 1");
            Json("a metadata key twice", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "a __metadata__ key occurs twice: found 'a'");
            Json("metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "a name occurs twice: found __metadata__");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_bad_file_says_which_fault_it_has(string fault, byte[] bytes, string words)
    {
        using var folder = new TempFolder();
        System.IO.File.WriteAllBytes(folder["bad.safetensors"], bytes);

        var error = Assert.Throws<CheckpointException>(() => SafeTensorsFile.Open(folder["bad.safetensors"]).Dispose());

        Assert.True(error.Message.Contains(words, StringComparison.Ordinal), $"{fault}: {error.Message}");
        Assert.StartsWith(folder["bad.safetensors"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_bad_boolean_are_named()
    {
        using var folder = new TempFolder();
        System.IO.File.WriteAllBytes(folder["bool"], File(Encoding.UTF8.GetBytes("{\"m\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]}}"), 1, fill: 2));

        Assert.Contains("cannot be read", Assert.Throws<CheckpointException>(() => SafeTensorsFile.Open(folder["none"])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<CheckpointException>(() => SafeTensorsFile.Open(folder.Root)).Message, StringComparison.Ordinal);
        using var file = SafeTensorsFile.Open(folder["bool"]);
        Assert.Contains("byte 2 at element 0", Assert.Throws<CheckpointException>(() => file.Read("m")).Message, StringComparison.Ordinal);
        Assert.Contains("the tensor is absent", Assert.Throws<CheckpointException>(() => file.Read("n")).Message, StringComparison.Ordinal);
    }

    private static byte[] File(byte[] header, int data, byte fill = 0)
    {
        var bytes = new byte[8 + header.Length + data];
        BitConverter.GetBytes((long)header.Length).CopyTo(bytes, 0);
        header.CopyTo(bytes, 8);
        bytes.AsSpan(8 + header.Length).Fill(fill);
        return bytes;
    }
}
