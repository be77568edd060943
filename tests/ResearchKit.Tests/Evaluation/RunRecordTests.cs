using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class RunRecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("researchkit-record-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static RunRecord Record()
    {
        var sheet = new ClaimSheet();
        sheet.Declare(new Claim("C1", "α tames KL", "SeqKL, nats", "TDPO2", "DPO", Direction.Lower, "−17", Margin: 0.5));
        sheet.Declare(new Claim("C2", "never judged", "reward", "TDPO2", "DPO", Direction.Higher, "+0.04"));
        sheet.Judge("C1", [0.1, 0.2], [3, 3.1]);
        return new RunRecord
        {
            Slug = "tdpo",
            Scale = "smoke",
            MasterSeed = 17,
            Seeds = [1, long.MaxValue],
            Claims = [.. sheet.Results.Select(ClaimRecord.Of)],
            Tables = [new TableRecord("Results", ["arm", "reward"], [["DPO", "0.5"]], "this run")],
            Configuration = new Dictionary<string, JsonNode?> { ["steps"] = 20, ["beta"] = 0.1, ["decay"] = "cosine", ["clip"] = null },
            Versions = new Dictionary<string, string> { ["TorchSharp"] = "0.107.0", [".NET"] = "10.0.0" },
            Device = "cpu",
            Threads = 1,
            WallSeconds = 1.5,
            NotebookSha256 = "ab12",
            Exercises = [new ExerciseRecord("a", true)],
        };
    }

    private static string[] Keys(JsonNode? node) => [.. node!.AsObject().Select(field => field.Key)];

    [Fact]
    public void The_fields_are_those_of_the_design_in_its_order()
    {
        var root = JsonNode.Parse(RunRecordJson.Write(Record()))!;

        Assert.Equal(
            ["slug", "scale", "masterSeed", "seeds", "claims", "tables", "configuration", "versions", "device", "threads", "wallSeconds", "notebookSha256", "exercises"],
            Keys(root));
        Assert.Equal(
            ["id", "statement", "metric", "treatment", "baseline", "direction", "paperEffect", "effect", "interval", "intervalMethod", "perSeed", "verdict"],
            Keys(root["claims"]![1]));
        Assert.Equal(["treatment", "baseline"], Keys(root["claims"]![0]!["perSeed"]));
        Assert.Equal(["title", "columns", "rows", "source"], Keys(root["tables"]![0]));
        Assert.Equal(["id", "passed"], Keys(root["exercises"]![0]));
        Assert.Equal(2, root["claims"]![0]!["interval"]!.AsArray().Count);
        Assert.Equal(["beta", "clip", "decay", "steps"], Keys(root["configuration"]));
    }

    [Fact]
    public void A_margin_is_written_only_where_there_is_one_and_an_unjudged_claim_says_so()
    {
        var claims = JsonNode.Parse(RunRecordJson.Write(Record()))!["claims"]!;

        Assert.Equal(0.5, claims[0]!["margin"]!.GetValue<double>());
        Assert.Equal("reproduced", claims[0]!["verdict"]!.GetValue<string>());
        Assert.Null(claims[1]!["margin"]);
        Assert.Equal("not judged", claims[1]!["verdict"]!.GetValue<string>());
        Assert.Equal("NaN", claims[1]!["effect"]!.GetValue<string>());
    }

    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes_and_bits()
    {
        var record = Record();
        var path = Path.Combine(folder, "deeper", "tdpo.smoke.json");

        RunRecordJson.Save(record, path);
        RunRecordJson.Save(record, path);
        var read = RunRecordJson.Load(path);

        Assert.Equal(File.ReadAllText(path), RunRecordJson.Write(read));
        Assert.Equal(record.Claims[0].Interval, read.Claims[0].Interval);
        Assert.Equal([0.1, 0.2], read.Claims[0].PerSeed.Treatment);
        Assert.True(double.IsNaN(read.Claims[1].Effect));
        Assert.Equal(long.MaxValue, read.Seeds[1]);
        Assert.Equal(0.1, read.Configuration["beta"]!.GetValue<double>());
        Assert.Equal(["tdpo.smoke.json"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void The_text_keeps_Greek_letters_and_line_feeds()
    {
        var text = RunRecordJson.Write(Record());

        Assert.Contains("α tames KL", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_seeds_infinite_interval_survives()
    {
        var sheet = new ClaimSheet();
        sheet.Declare(new Claim("C1", "s", "m", "t", "b", Direction.Higher, "?"));
        sheet.Judge("C1", [1], [0]);

        var read = RunRecordJson.Read(RunRecordJson.Write(Record() with { Claims = [ClaimRecord.Of(sheet.Results[0])] }));

        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity], read.Claims[0].Interval);
        Assert.Equal(Verdict.Inconclusive, VerdictText.Parse(read.Claims[0].Verdict, "here"));
    }

    [Theory]
    [InlineData("{", "is no run's record")]
    [InlineData("null", "holds null")]
    [InlineData("""{"slug":"tdpo"}""", "is no run's record")]
    public void A_broken_file_is_named_with_what_is_wrong(string json, string expected)
    {
        var path = Path.Combine(folder, "broken.json");
        File.WriteAllText(path, json);

        var message = Assert.Throws<RunRecordException>(() => RunRecordJson.Load(path)).Message;

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named_and_nothing_is_left_behind()
    {
        var path = Path.Combine(folder, "taken.json");
        Directory.CreateDirectory(path);

        Assert.Contains(path, Assert.Throws<RunRecordException>(() => RunRecordJson.Save(Record(), path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_missing_file_an_unknown_verdict_and_a_lame_interval_are_errors()
    {
        Assert.Contains("was not found", Assert.Throws<RunRecordException>(() => RunRecordJson.Load(Path.Combine(folder, "none.json"))).Message, StringComparison.Ordinal);

        var good = RunRecordJson.Write(Record());
        var verdict = Assert.Throws<RunRecordException>(() => RunRecordJson.Read(good.Replace("\"not judged\"", "\"fine\"", StringComparison.Ordinal)));
        Assert.Contains("claim C2: verdict 'fine' is unknown", verdict.Message, StringComparison.Ordinal);

        var node = JsonNode.Parse(good)!;
        node["claims"]![0]!["interval"] = new JsonArray(1.0);
        var interval = Assert.Throws<RunRecordException>(() => RunRecordJson.Read(node.ToJsonString(new JsonSerializerOptions())));
        Assert.Contains("interval has 1 numbers", interval.Message, StringComparison.Ordinal);
    }
}
