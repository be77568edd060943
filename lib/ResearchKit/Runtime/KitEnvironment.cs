using System.Globalization;

namespace ResearchKit.Runtime;

/// <summary>One setting in force.</summary>
/// <param name="Key">Its key in environment.json, "folders.models" for example.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Origin">Where it came from: command line, a variable's name, environment.json, default.</param>
public sealed record Setting(string Key, string Value, string Origin);

/// <summary>
/// How this checkout runs: environment.json at its root, overruled by RESEARCHKIT_* variables, overruled by the command
/// line; what none of them says has a default.
/// </summary>
public sealed class KitEnvironment
{
    /// <summary>The file's name, at the root of the checkout.</summary>
    public const string FileName = "environment.json";

    private readonly Dictionary<string, Setting> settings;

    private KitEnvironment(string root, Dictionary<string, Setting> settings)
    {
        Root = root;
        this.settings = settings;
        if (Plotly is { Source: PlotlySource.File, Path: "" })
            throw new SettingsException($"plotly.source is file ({settings["plotly.source"].Origin}), but plotly.path names none; expected the path of a plotly.min.js.");
    }

    /// <summary>The checkout's root folder; relative folders are meant from here.</summary>
    public string Root { get; }

    /// <summary>Every setting in force, in the order of the documentation.</summary>
    public IReadOnlyList<Setting> Settings => [.. SettingKey.All.Select(k => settings[k.Name])];

    /// <summary>How large a run is.</summary>
    public Scale Scale => Enum.Parse<Scale>(this["scale"], ignoreCase: true);

    /// <summary>auto, cpu, cuda or cuda:N; <see cref="Devices.Pick"/> makes a device of it.</summary>
    public string Device => this["device"];

    /// <summary>Threads for the run; 0 in the file means all cores, and all cores is what is given here.</summary>
    public int Threads => Number("threads") is var threads and > 0 ? (int)threads : Environment.ProcessorCount;

    /// <summary>The seed that all of a run's random streams are derived from.</summary>
    public long MasterSeed => Number("seeds.master");

    /// <summary>Folder of real datasets, absolute.</summary>
    public string Datasets => Folder("folders.datasets");

    /// <summary>Folder of real checkpoints, absolute.</summary>
    public string Models => Folder("folders.models");

    /// <summary>Folder that runs write their results to, absolute.</summary>
    public string Results => Folder("folders.results");

    /// <summary>Folder of what can be made again, absolute.</summary>
    public string Caches => Folder("folders.caches");

    /// <summary>Where plotly.js comes from; a relative file is given absolute.</summary>
    public PlotlySettings Plotly
    {
        get
        {
            var source = Enum.Parse<PlotlySource>(this["plotly.source"], ignoreCase: true);
            var path = this["plotly.path"];
            return new PlotlySettings(source, source == PlotlySource.File && path.Length > 0 ? Path.GetFullPath(path, Root) : path);
        }
    }

    private string this[string key] => settings[key].Value;

    /// <summary>Reads the settings of the checkout that this build stands in, with the process's variables.</summary>
    /// <exception cref="SettingsException">A key is unknown or a value impossible; the message names key, value and what is allowed.</exception>
    public static KitEnvironment Load() => Load(FindRoot(), Environment.GetEnvironmentVariable);

    /// <summary>Reads the settings of a checkout.</summary>
    /// <param name="root">The folder that may hold environment.json.</param>
    /// <param name="variable">Gives a variable's value, or null.</param>
    /// <param name="commandLine">Settings by key that overrule all others.</param>
    /// <exception cref="SettingsException">A key is unknown or a value impossible; the message names key, value and what is allowed.</exception>
    public static KitEnvironment Load(string root, Func<string, string?> variable, IReadOnlyDictionary<string, string>? commandLine = null)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var settings = SettingKey.All.ToDictionary(k => k.Name, k => new Setting(k.Name, k.Default, "default"));
        void Set(SettingKey key, string value, string origin, string where)
        {
            if (!key.Accepts(value)) throw new SettingsException($"{where}: {key.Name} is '{value}'; expected {key.Allowed}.");
            settings[key.Name] = new Setting(key.Name, value, origin);
        }

        foreach (var (key, value) in EnvironmentFile.Read(Path.Combine(root, FileName))) Set(key, value, FileName, FileName);
        foreach (var key in SettingKey.All)
        {
            if (variable(key.Variable) is { Length: > 0 } value) Set(key, value, key.Variable, $"variable {key.Variable}");
        }
        foreach (var (name, value) in commandLine ?? new Dictionary<string, string>())
        {
            Set(SettingKey.Find(name, "command line"), value, "command line", "command line");
        }
        return new KitEnvironment(root, settings);
    }

    /// <summary>RESEARCHKIT_ROOT, or the nearest folder above the kit's own build, or above the current folder, that is a checkout's root.</summary>
    public static string FindRoot()
    {
        if (Environment.GetEnvironmentVariable("RESEARCHKIT_ROOT") is { Length: > 0 } named && Directory.Exists(named)) return Path.GetFullPath(named);
        foreach (var start in new[] { Path.GetDirectoryName(typeof(KitEnvironment).Assembly.Location), Environment.CurrentDirectory })
        {
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, FileName)) || File.Exists(Path.Combine(folder, "ResearchKit.sln"))) return folder;
            }
        }
        return Environment.CurrentDirectory;
    }

    private long Number(string key) => long.Parse(this[key], CultureInfo.InvariantCulture);

    private string Folder(string key) => Path.GetFullPath(this[key], Root);
}
