namespace ResearchKit.Tests.Golden;

/// <summary>The reader of golden files cannot pass what it did not understand.</summary>
public sealed class GoldenFileTests : IDisposable
{
    private const string Head = """{"family":"f","tolerance":{"rtol":1e-9,"atol":1e-11},"tensors":{"t0":{"shape":[2],"dtype":"float64","data":[1,"-inf"]}},"cases":[""";
    private const string Case = """{"name":"a","params":{},"inputs":{"x":{"ref":"t0"}},"outputs":{"y":1}}""";

    private readonly string folder = Directory.CreateTempSubdirectory("researchkit-golden-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string json)
    {
        var path = Path.Combine(folder, "some.json");
        File.WriteAllText(path, json);
        return path;
    }

    [Fact]
    public void A_golden_file_gives_its_cases_with_references_followed()
    {
        var item = Assert.Single(GoldenFile.Read(Write(Head + Case + "]}")).Cases);

        Assert.Equal([1, double.NegativeInfinity], item.Numbers("x").Values);
    }

    [Theory]
    [InlineData("", "input does not contain any JSON")]
    [InlineData("[]", "requires an element of type 'Object'")]
    [InlineData("""{"family":"f","cases":[]}""", "no 'tolerance'")]
    [InlineData(Head + "]}", "no cases")]
    [InlineData(Head + Case + "," + Case + "]}", "two cases are called 'a'")]
    [InlineData(Head + """{"name":"a","params":{},"inputs":{}}]}""", "")]
    public void A_malformed_golden_file_is_named(string json, string expected)
    {
        var path = Write(json);

        var message = Assert.Throws<InvalidDataException>(() => GoldenFile.Read(path)).Message;

        Assert.StartsWith($"golden file {path} is malformed", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"shape":[2],"dtype":"float64","data":[1]}""")]
    [InlineData("""{"shape":[1],"dtype":"float64","data":["many"]}""")]
    [InlineData("""{"shape":[1],"dtype":"float64","data":[null]}""")]
    public void Golden_numbers_of_the_wrong_count_or_kind_are_refused(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);

        Assert.Throws<InvalidDataException>(() => GoldenNumbers.Read(document.RootElement));
    }

    [Fact]
    public void A_golden_tolerance_is_absolute_plus_relative_and_non_finite_numbers_must_be_the_same()
    {
        var tolerance = new GoldenTolerance(Relative: 0.01, Absolute: 0.1);

        Assert.True(tolerance.Holds(101.09, 100));
        Assert.False(tolerance.Holds(101.11, 100));
        Assert.True(tolerance.Holds(double.NaN, double.NaN));
        Assert.True(tolerance.Holds(double.NegativeInfinity, double.NegativeInfinity));
        Assert.False(tolerance.Holds(double.PositiveInfinity, double.NegativeInfinity));
        Assert.False(tolerance.Holds(double.NaN, 1));
        Assert.False(tolerance.Holds(1, double.NaN));
    }
}
