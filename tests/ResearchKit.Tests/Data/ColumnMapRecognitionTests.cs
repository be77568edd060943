using ResearchKit.Data;

namespace ResearchKit.Tests.Data;

public sealed class ColumnMapRecognitionTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("""{"instruction":"a","input":"","chosen":"b","rejected":"c"}""", RowLayout.Alpaca)]
    [InlineData("""{"conversations":[],"chosen":{},"rejected":{}}""", RowLayout.ShareGpt)]
    [InlineData("""{"messages":[],"label":true}""", RowLayout.LastMessage)]
    [InlineData("""{"chosen":"\n\nHuman: x\n\nAssistant: y","rejected":"\n\nHuman: x\n\nAssistant: z"}""", RowLayout.Dialogue)]
    [InlineData("""{"prompt":"a","chosen":"b","rejected":"c"}""", RowLayout.Columns)]
    [InlineData("""{"chosen":"b","rejected":"c"}""", RowLayout.Columns)]
    [InlineData("", RowLayout.Columns)]
    public void A_files_layout_is_told_by_its_first_row(string row, RowLayout expected)
    {
        File.WriteAllText(path, row);

        Assert.Equal(expected, ColumnMapRecognition.Of(path).Layout);
    }
}
