using System.Text.Json;
using System.Text.Json.Serialization;
using ResearchKit.Checkpoints;

namespace ResearchKit.Training;

/// <summary>Named numbers per step: loss, gradient norm, learning rate and the caller's own, read by column.</summary>
public sealed class History
{
    /// <summary>The column of the loss: the mean over the step's micro-batches.</summary>
    public const string Loss = "loss";

    /// <summary>The column of the gradient's global L2 norm before clipping.</summary>
    public const string GradientNorm = "grad_norm";

    /// <summary>The column of the learning rate.</summary>
    public const string LearningRate = "learning_rate";

    // NaN and infinities are ordinary values of a user's metric.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly List<int> steps = [];
    private readonly Dictionary<string, List<double>> columns = new(StringComparer.Ordinal);

    /// <summary>The steps that were taken, rising from 1.</summary>
    public IReadOnlyList<int> Steps => steps;

    /// <summary>The columns' names in the order of their first appearance.</summary>
    public IReadOnlyCollection<string> Columns => columns.Keys;

    /// <summary>True when the run was cancelled before its last step.</summary>
    public bool Stopped { get; internal set; }

    /// <summary>One column, as long as <see cref="Steps"/>; NaN where a step did not report it.</summary>
    /// <exception cref="KeyNotFoundException">No step reported this name; the message lists those that are there.</exception>
    public IReadOnlyList<double> this[string column] => columns.TryGetValue(column, out var values)
        ? values
        : throw new KeyNotFoundException($"the history has no column '{column}'; it has {string.Join(", ", columns.Keys)}");

    /// <summary>The last value of a column.</summary>
    public double Last(string column) => this[column][^1];

    /// <summary>Appends a step's numbers; steps rise.</summary>
    public void Add(int step, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (steps.Count > 0 && step <= steps[^1]) throw new ArgumentOutOfRangeException(nameof(step), step, $"steps rise; the last one was {steps[^1]}");
        foreach (var (name, value) in metrics)
        {
            if (!columns.TryGetValue(name, out var column)) columns[name] = column = [.. Enumerable.Repeat(double.NaN, steps.Count)];
            column.Add(value);
        }
        steps.Add(step);
        foreach (var column in columns.Values)
        {
            if (column.Count < steps.Count) column.Add(double.NaN);
        }
    }

    /// <summary>{"stopped", "steps": [...], "columns": {name: [...]}}; numbers come back bit for bit.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Content(Stopped, steps, columns), Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="CheckpointException">The text is not such JSON, or its columns differ in length.</exception>
    public static History FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(json, Json);
        }
        catch (JsonException error)
        {
            throw new CheckpointException($"the history is not readable: {error.Message}", error);
        }
        if (content is not { Steps: not null, Columns: not null })
            throw new CheckpointException("the history is not readable: steps or columns are missing.");
        var history = new History { Stopped = content.Stopped };
        history.steps.AddRange(content.Steps);
        foreach (var (name, values) in content.Columns)
        {
            if (values?.Count != content.Steps.Count)
                throw new CheckpointException($"the history is not readable: column '{name}' holds {values?.Count ?? 0} values, expected {content.Steps.Count}, one per step.");
            history.columns[name] = values;
        }
        return history;
    }

    private sealed record Content(
        [property: JsonPropertyName("stopped")] bool Stopped,
        [property: JsonPropertyName("steps")] List<int> Steps,
        [property: JsonPropertyName("columns")] Dictionary<string, List<double>> Columns);
}
