using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Evaluation;
using ResearchKit.Figures;
using ResearchKit.Runtime;
using ResearchKit.Training;
using TorchSharp;

namespace ResearchKit.Interactive;

/// <summary>One run of a notebook: its settings, its claims, and the record that it leaves. Made by <see cref="Kit.Start"/>.</summary>
public sealed class NotebookRun
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly bool underRk;
    private readonly Dictionary<string, JsonNode?> configuration = [];
    private readonly List<ResultTable> tables = [];
    private readonly SortedDictionary<string, bool> exercises = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long[] seeds = [];
    private NotebookProgress? progress;

    internal NotebookRun(string slug, KitEnvironment environment, torch.Device device, bool underRk)
    {
        (Slug, Environment, Device, this.underRk) = (slug, environment, device, underRk);
    }

    /// <summary>The notebook's file name without extension.</summary>
    public string Slug { get; }

    /// <summary>The settings in force.</summary>
    public KitEnvironment Environment { get; }

    /// <summary>How large this run is.</summary>
    public Scale Scale => Environment.Scale;

    /// <summary>The seed that all of the run's random streams are derived from.</summary>
    public long MasterSeed => Environment.MasterSeed;

    /// <summary>Named random streams below the master seed.</summary>
    public RandomStreams Streams => new(MasterSeed);

    /// <summary>Where tensors live.</summary>
    public torch.Device Device { get; }

    /// <summary>Threads for this run; seeds side by side share them.</summary>
    public int Threads => Environment.Threads;

    /// <summary>The claims: declare them before anything is trained, judge them after.</summary>
    public ClaimSheet Claims { get; } = new();

    /// <summary>Progress of the running cell's work; a trainer and seeds side by side take it as it is.</summary>
    public IProgressSink Progress
    {
        get
        {
            lock (gate)
            {
                var cell = Session.Context;
                return progress is not null && ReferenceEquals(progress.Context, cell) ? progress : progress = new NotebookProgress(cell);
            }
        }
    }

    /// <summary>Set when the cell is interrupted.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "a cell asks its run")]
    public CancellationToken CancellationToken => Session.CancellationToken;

    /// <summary>The value for this run's scale.</summary>
    public T Pick<T>(T smoke, T workshop, T paper) => Scale switch
    {
        Scale.Smoke => smoke,
        Scale.Workshop => workshop,
        _ => paper,
    };

    /// <summary>The run's test seeds, derived from the master seed: the first ones are the same however many are asked for.</summary>
    public long[] Seeds(int count)
    {
        seeds = Derive("seeds", count);
        return [.. seeds];
    }

    /// <summary>Seeds to choose hyper-parameters on; they share nothing with <see cref="Seeds"/>.</summary>
    public long[] TuningSeeds(int count) => Derive("tuning seeds", count);

    /// <summary>A path as given on the command line: relative ones are meant from where the command was called, else from the checkout's root.</summary>
    public string Path(string path) =>
        System.IO.Path.GetFullPath(path, System.Environment.GetEnvironmentVariable("RESEARCHKIT_CWD") is { Length: > 0 } folder ? folder : Environment.Root);

    /// <summary>Notes a hyper-parameter in the run's record and gives it back: <c>var beta = run.Configure("beta", 0.1);</c></summary>
    public T Configure<T>(string name, T value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        configuration[name] = JsonSerializer.SerializeToNode(value);
        return value;
    }

    /// <summary>Shows a table and keeps it in the run's record; one of the same title takes its place there.</summary>
    public void Show(ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        tables.RemoveAll(t => t.Title == table.Title);
        tables.Add(table);
        Session.Display(table);
    }

    /// <summary>
    /// Shows the verdicts and hands over the run's record: to rk where it runs the notebook, else to
    /// &lt;results folder&gt;/&lt;slug&gt;.&lt;scale&gt;.json.
    /// </summary>
    public void Finish()
    {
        var record = Record();
        Session.Display(new Outcome(Claims.Results, Judged, RunRecordJson.Write(record)));
        if (underRk) return;
        RunRecordJson.Save(record with { WallSeconds = Math.Round(clock.Elapsed.TotalSeconds, 1) },
            System.IO.Path.Combine(Environment.Results, $"{Slug}.{record.Scale}.json"));
    }

    /// <summary>What was started, in one line that every machine with these settings prints alike.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"ResearchKit: {Slug}, {ScaleName} scale, device {Device}, {Threads} thread(s), master seed {MasterSeed}");

    /// <summary>False at smoke scale, which only shows that the path runs.</summary>
    internal bool Judged => Scale != Scale.Smoke;

    internal void Note(string exercise, bool passed) => exercises[exercise] = passed;

    internal RunRecord Record() => new()
    {
        Slug = Slug,
        Scale = ScaleName,
        MasterSeed = MasterSeed,
        Seeds = seeds,
        Claims = [.. Claims.Results.Select(ClaimRecord.Of)],
        Tables = [.. tables.Select(t => new TableRecord(t.Title, t.Columns, t.Rows, t.Source))],
        Configuration = configuration,
        Versions = Versions.Of(),
        Device = Device.ToString(),
        Threads = Threads,
        Exercises = [.. exercises.Select(e => new ExerciseRecord(e.Key, e.Value))],
    };

    private string ScaleName => Scale.ToString().ToLowerInvariant();

    // Nine digits: short enough to read aloud and to type into a command.
    private long[] Derive(string name, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var random = Streams.Rng(name);
        var result = new List<long>();
        while (result.Count < count)
        {
            var seed = 1 + random.Next(999_999_999);
            if (!result.Contains(seed)) result.Add(seed);
        }
        return [.. result];
    }
}
