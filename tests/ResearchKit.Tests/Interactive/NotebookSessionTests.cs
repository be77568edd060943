using System.Text.Json.Nodes;
using ResearchKit.Evaluation;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Interactive;

/// <summary>A notebook's cells, run once under rk's variables and once without, in the kernel that hosts use.</summary>
[Collection(KernelSession.OneAtATime)]
public sealed class NotebookSessionTests : IClassFixture<NotebookSessionTests.Cells>
{
    private const string Html = "text/html", Plain = "text/plain", Record = "application/vnd.researchkit.run+json";
    private readonly Cells cells;

    public NotebookSessionTests(Cells cells) => this.cells = cells;

    [Fact]
    public void Start_puts_plotly_on_the_page_once_and_says_what_is_in_force()
    {
        var outputs = cells.Outputs["start"];

        Assert.Equal(2, outputs.Count);
        Assert.StartsWith("<script data-researchkit=\"plotly.js\">", outputs[0].Data[Html], StringComparison.Ordinal);
        Assert.Equal("plotly.js is on this page.", outputs[0].Data[Plain]);
        Assert.Equal("ResearchKit: demo, smoke scale, device cpu, 1 thread(s), master seed 5", outputs[1].Data[Plain]);
    }

    [Fact]
    public void A_figure_is_one_bundle_of_html_text_and_under_rk_plotlys_own_form()
    {
        Assert.Equal(["application/vnd.plotly.v1+json", Html, Plain], Assert.Single(cells.Outputs["figure"]).Data.Keys.Order());
        Assert.Equal([Html, Plain], Assert.Single(cells.Plain["figure"]).Data.Keys.Order());
        Assert.NotNull(JsonNode.Parse(cells.Outputs["figure"][0].Data["application/vnd.plotly.v1+json"])!["layout"]);
    }

    [Theory]
    [InlineData("table", "Table 2\nmethod  ours\n------  ----\nDPO      0.5\nSource: the paper")]
    [InlineData("frame", "DataFrame, 2 rows x 1 columns\n       x\n--------\n       1\n0.333333")]
    [InlineData("tensor", "Tensor [2, 9] Int64 on cpu\n[[0, 1, 2, ..., 6, 7, 8],\n [9, 10, 11, ..., 15, 16, 17]]")]
    [InlineData("interval", "[-0.4841, 4.484] (95 %, Student t)")]
    [InlineData("parameter", "Tensor [2] Float32 on cpu\n[1, 1]")]
    [InlineData("strip", "A review (reward)\ngood[0.5] film[-1]")]
    [InlineData("pair", "prompt      [1]\n+ chosen    [2, 3]\n- rejected  [4]")]
    [InlineData("head", "ScalarHead: 4 parameters, 100 % trainable\nparameter     times  shape  numbers in all  trains\n------------  -----  -----  --------------  ------\nscore.weight      1  1 x 4               4  yes")]
    [InlineData("streams", "RandomStreams of master seed 5")]
    [InlineData("exercise", "○ not yet Exercise a: the loss is right (the stub is still there)")]
    [InlineData("solved", "✓ passed Exercise b: one is one")]
    public void Values_have_a_plain_and_an_html_form(string cell, string text)
    {
        var output = Assert.Single(cells.Outputs[cell]);

        Assert.Equal(text, output.Data[Plain]);
        Assert.NotEmpty(output.Data[Html]);
    }

    [Theory]
    [InlineData("number", "0.25")]
    [InlineData("tuple", "( 1, 0.5 )")]
    [InlineData("list", "[0.5, NaN]")]
    public void Numbers_are_plain_text_without_a_style_sheet(string cell, string text)
    {
        var data = Assert.Single(cells.Outputs[cell]).Data;

        Assert.Equal([Plain], data.Keys);
        Assert.Equal(text, data[Plain]);
    }

    [Fact]
    public void A_cells_own_html_stays_html() => Assert.Equal("<b>bold</b>", Assert.Single(cells.Outputs["html"]).Data[Html]);

    [Fact]
    public void Progress_of_several_threads_is_one_output_that_ends_in_a_stable_text()
    {
        var outputs = cells.Outputs["progress"];

        Assert.Single(outputs.Select(o => o.Id).Distinct());
        Assert.Single(outputs, o => !o.Update);
        Assert.Equal("seed 1: 20 of 20\nseed 2: stopped at 5 of 20", outputs[^1].Data[Plain]);
        var json = JsonNode.Parse(outputs[^1].Data["application/vnd.researchkit.progress+json"])!;
        Assert.True(json["done"]!.GetValue<bool>());
        Assert.Equal((25, 40), ((int)json["step"]!, (int)json["total"]!));
    }

    [Fact]
    public void At_smoke_scale_verdicts_are_shown_as_not_judged()
    {
        var output = cells.Outputs["finish"].Single();

        Assert.Equal(output.Data[Plain], cells.Outputs["claims"].Single().Data[Plain]);
        Assert.Contains("○ not judged (computed: reproduced)", output.Data[Plain], StringComparison.Ordinal);
        Assert.Contains("<span style=\"color:#808080;font-weight:600\">○ not judged</span>", output.Data[Html], StringComparison.Ordinal);
    }

    [Fact]
    public void At_workshop_scale_the_verdict_is_a_coloured_word()
    {
        var output = cells.Plain["finish"].Single();

        Assert.Contains("✓ reproduced", output.Data[Plain], StringComparison.Ordinal);
        Assert.Contains("<span style=\"color:#1a9850;font-weight:600\">✓ reproduced</span>", output.Data[Html], StringComparison.Ordinal);
        Assert.DoesNotContain(Record, output.Data.Keys);
    }

    [Fact]
    public void Under_rk_the_record_is_an_output_with_everything_the_run_noted()
    {
        var record = RunRecordJson.Read(cells.Outputs["finish"].Single().Data[Record]);

        Assert.Equal(("demo", "smoke", 5L, "cpu", 1), (record.Slug, record.Scale, record.MasterSeed, record.Device, record.Threads));
        Assert.Equal(3, record.Seeds.Count);
        Assert.Equal("reproduced", Assert.Single(record.Claims).Verdict);
        Assert.Equal("Table 2", Assert.Single(record.Tables).Title);
        Assert.Equal(0.1, record.Configuration["beta"]!.GetValue<double>());
        Assert.Equal([new ExerciseRecord("a", false), new ExerciseRecord("b", true)], record.Exercises);
        Assert.Equal(["dotnet", "researchkit", "torchsharp"], record.Versions.Keys.Order());
        Assert.Equal(0, record.WallSeconds);
    }

    [Fact]
    public void Without_rk_the_record_is_a_file_in_the_results_folder()
    {
        Assert.Equal("workshop", cells.File!.Scale);
        Assert.Equal("reproduced", Assert.Single(cells.File.Claims).Verdict);
    }

    [Fact]
    public void Seeds_follow_the_master_seed_and_tuning_seeds_are_others()
    {
        var seeds = cells.Outputs["seeds"].Single().Data[Plain].Split(' ');

        Assert.Equal(cells.Plain["seeds"].Single().Data[Plain].Split(' '), seeds);
        Assert.Equal(8, seeds.Distinct().Count());
        Assert.Equal(seeds[..3], seeds[8..]);
    }

    [Fact]
    public void Paths_are_meant_from_where_the_command_was_called() =>
        Assert.Equal(Path.Combine(cells.Caller, "data.jsonl"), cells.Outputs["path"].Single().Data[Plain]);

    public sealed class Cells : IDisposable
    {
        private readonly TempFolder folder = new();

        public Cells()
        {
            Caller = folder["caller"];
            Outputs = RunAll(new Dictionary<string, string?>
            {
                ["RESEARCHKIT_HOST"] = "rk", ["RESEARCHKIT_SCALE"] = "smoke", ["RESEARCHKIT_CWD"] = Caller,
                ["RESEARCHKIT_SEED"] = "5", ["RESEARCHKIT_THREADS"] = "1", ["RESEARCHKIT_DEVICE"] = "cpu", ["RESEARCHKIT_OUT"] = folder.Root,
            });
            Assert.Empty(Directory.GetFiles(folder.Root, "*.json"));
            Plain = RunAll(new Dictionary<string, string?>
            {
                ["RESEARCHKIT_HOST"] = null, ["RESEARCHKIT_SCALE"] = "workshop", ["RESEARCHKIT_CWD"] = null,
                ["RESEARCHKIT_SEED"] = "5", ["RESEARCHKIT_THREADS"] = "1", ["RESEARCHKIT_DEVICE"] = "cpu", ["RESEARCHKIT_OUT"] = folder.Root,
            });
            File = RunRecordJson.Load(folder["demo.workshop.json"]);
        }

        internal string Caller { get; }

        internal IReadOnlyDictionary<string, IReadOnlyList<CellOutput>> Outputs { get; }

        internal IReadOnlyDictionary<string, IReadOnlyList<CellOutput>> Plain { get; }

        internal RunRecord? File { get; }

        public void Dispose() => folder.Dispose();

        private static Dictionary<string, IReadOnlyList<CellOutput>> RunAll(IReadOnlyDictionary<string, string?> variables)
        {
            using var session = new KernelSession(variables);
            var kit = AppContext.BaseDirectory;
            var result = new Dictionary<string, IReadOnlyList<CellOutput>>();
            foreach (var (name, code) in Notebook) result[name] = session.Run(code.Replace("KIT/", kit, StringComparison.Ordinal));
            return result;
        }

        private static readonly (string Name, string Code)[] Notebook =
        [
            ("start", """
                #r "KIT/ResearchKit.Interactive.dll"
                #r "KIT/ResearchKit.dll"
                #r "KIT/TorchSharp.dll"
                #r "KIT/Microsoft.Data.Analysis.dll"
                using ResearchKit.Evaluation; using ResearchKit.Figures; using ResearchKit.Interactive;
                var run = Kit.Start("demo");
                """),
            ("figure", """Chart.Curves("Loss", new Axis("step"), new Axis("loss", "nats"), new[] { new Curve("DPO", new[] { 0.0, 1 }, new[] { 2.0, 1 }) })"""),
            ("table", """run.Show(new ResultTable("Table 2", new[] { "method", "ours" }, new[] { new[] { "DPO", "0.5" } }, "the paper"));"""),
            ("frame", """new Microsoft.Data.Analysis.DataFrame(new Microsoft.Data.Analysis.DoubleDataFrameColumn("x", new[] { 1.0, 1.0 / 3 }))"""),
            ("tensor", "TorchSharp.torch.arange(18).reshape(2, 9)"),
            ("number", "1.0 / 4"),
            ("tuple", "(1, 0.5)"),
            ("html", "HTML(\"<b>bold</b>\")"),
            ("list", "new[] { 0.5, double.NaN }"),
            ("interval", "Intervals.T(new[] { 1.0, 2, 3 })"),
            ("parameter", "new TorchSharp.Modules.Parameter(TorchSharp.torch.ones(2))"),
            ("strip", """new TokenStrip("A review", "reward", [new("good", 0.5), new("film", -1)])"""),
            ("pair", "new ResearchKit.Data.TokenizedPair([1], [2, 3], [4])"),
            ("head", "ResearchKit.Models.ScalarHead.Create(4, new TorchSharp.torch.Generator(1, TorchSharp.torch.CPU))"),
            ("streams", "run.Streams"),
            ("exercise", """Exercise.Check(run, "a", "the loss is right", () => throw new NotImplementedException());"""),
            ("solved", """Exercise.Check(run, "b", "one is one", () => 1 == 1);"""),
            ("progress", """
                var progress = run.Progress;
                var threads = new[] { (2, 5), (1, 20) }.Select(w => new System.Threading.Thread(() =>
                {
                    using var bar = progress.Start($"seed {w.Item1}", 20);
                    for (var i = 1; i <= w.Item2; i++) bar.Report(i, w.Item1 == 1 ? 0.5 : null);
                })).ToArray();
                foreach (var t in threads) t.Start();
                foreach (var t in threads) t.Join();
                """),
            ("seeds", """string.Join(" ", run.Seeds(5).Concat(run.TuningSeeds(3)).Concat(run.Seeds(3)))"""),
            ("path", """run.Path("data.jsonl")"""),
            ("claims", """
                run.Configure("beta", 0.1);
                run.Claims.Declare(new Claim("C1", "lower KL", "KL (nats)", "TDPO2", "DPO", Direction.Lower, "-3 (Table 2)"));
                run.Claims.Judge("C1", new[] { 1.0, 1.1, 1.2 }, new[] { 2.0, 2.2, 2.1 });
                run.Claims
                """),
            ("finish", "run.Finish();"),
        ];
    }
}
