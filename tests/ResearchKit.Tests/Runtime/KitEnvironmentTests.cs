using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using ResearchKit.Runtime;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Runtime;

public sealed class KitEnvironmentTests
{
    [Theory]
    [InlineData("{\"scal\":\"smoke\"}", "environment.json: unknown key 'scal'; known are scale, device, threads,")]
    [InlineData("{\"scale\":\"huge\"}", "environment.json: scale is 'huge'; expected smoke, workshop or paper.")]
    [InlineData("{\"scale\":3}", "environment.json: scale is 3; expected smoke, workshop or paper.")]
    [InlineData("{\"device\":\"gpu\"}", "environment.json: device is 'gpu'; expected auto, cpu, cuda or cuda:N.")]
    [InlineData("{\"device\":\"cuda:x\"}", "environment.json: device is 'cuda:x'; expected auto, cpu, cuda or cuda:N.")]
    [InlineData("{\"threads\":-1}", "environment.json: threads is '-1'; expected a whole number from 0 to 1024 (0: all cores).")]
    [InlineData("{\"threads\":1.5}", "environment.json: threads is '1.5'; expected a whole number from 0 to 1024 (0: all cores).")]
    [InlineData("{\"threads\":\"2\"}", "environment.json: threads is the text '2'; expected a whole number from 0 to 1024 (0: all cores).")]
    [InlineData("{\"threads\":4096}", "environment.json: threads is '4096'; expected a whole number from 0 to 1024 (0: all cores).")]
    [InlineData("{\"seeds\":7}", "environment.json: seeds is 7; expected an object {...}.")]
    [InlineData("{\"seeds\":{\"master\":-3}}", "environment.json: seeds.master is '-3'; expected a whole number, 0 or more.")]
    [InlineData("{\"seeds\":{\"main\":3}}", "environment.json: unknown key 'seeds.main';")]
    [InlineData("{\"folders\":{\"models\":\"\"}}", "environment.json: folders.models is ''; expected a folder,")]
    [InlineData("{\"folders\":{\"models\":null}}", "environment.json: folders.models is null; expected a folder,")]
    [InlineData("{\"folders\":{\"checkpoints\":\"x\"}}", "environment.json: unknown key 'folders.checkpoints';")]
    [InlineData("{\"plotly\":{\"source\":\"npm\"}}", "environment.json: plotly.source is 'npm'; expected embedded, file or cdn.")]
    [InlineData("{\"plotly\":{\"source\":\"file\"}}", "plotly.source is file (environment.json), but plotly.path names none;")]
    [InlineData("{\"scale\":\"smoke\",\"scale\":\"paper\"}", "environment.json: ")]
    [InlineData("{\"scale\":\"smoke\"", "environment.json: ")]
    [InlineData("[1]", "environment.json: the file is a list; expected an object {...}.")]
    public void A_bad_file_is_refused_by_the_key_the_value_and_what_is_allowed(string json, string message)
    {
        using var folder = Holding(json);

        var error = Assert.Throws<SettingsException>(() => KitEnvironment.Load(folder.Root, _ => null));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RESEARCHKIT_SCALE", "tiny", "variable RESEARCHKIT_SCALE: scale is 'tiny'; expected smoke, workshop or paper.")]
    [InlineData("RESEARCHKIT_SCALE", "1", "variable RESEARCHKIT_SCALE: scale is '1'; expected smoke, workshop or paper.")]
    [InlineData("RESEARCHKIT_THREADS", "two", "variable RESEARCHKIT_THREADS: threads is 'two'; expected a whole number from 0 to 1024 (0: all cores).")]
    [InlineData("RESEARCHKIT_SEED", "99999999999999999999", "variable RESEARCHKIT_SEED: seeds.master is '99999999999999999999'; expected a whole number, 0 or more.")]
    [InlineData("RESEARCHKIT_DEVICE", "cuda:", "variable RESEARCHKIT_DEVICE: device is 'cuda:'; expected auto, cpu, cuda or cuda:N.")]
    [InlineData("RESEARCHKIT_PLOTLY_SOURCE", "file", "plotly.source is file (RESEARCHKIT_PLOTLY_SOURCE), but plotly.path names none;")]
    public void A_bad_variable_is_refused_the_same_way(string name, string value, string message)
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<SettingsException>(() => KitEnvironment.Load(folder.Root, n => n == name ? value : null));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_on_the_command_line_is_refused()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<SettingsException>(() => KitEnvironment.Load(folder.Root, _ => null, new Dictionary<string, string> { ["speed"] = "9" }));

        Assert.StartsWith("command line: unknown key 'speed'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_overrules_variables_which_overrule_the_file_which_overrules_defaults()
    {
        using var folder = Holding("""{ "scale": "paper", "device": "cpu", "threads": 3, /* why not */ }""");
        string? Variable(string name) => name is "RESEARCHKIT_SCALE" ? "smoke" : name is "RESEARCHKIT_DEVICE" ? "auto" : null;

        var environment = KitEnvironment.Load(folder.Root, Variable, new Dictionary<string, string> { ["scale"] = "workshop" });
        string Origin(string key) => environment.Settings.Single(s => s.Key == key).Origin;

        Assert.Equal((Scale.Workshop, "auto", 3, 1L), (environment.Scale, environment.Device, environment.Threads, environment.MasterSeed));
        Assert.Equal("command line", Origin("scale"));
        Assert.Equal("RESEARCHKIT_DEVICE", Origin("device"));
        Assert.Equal("environment.json", Origin("threads"));
        Assert.Equal("default", Origin("seeds.master"));
    }

    [Fact]
    public void Folders_are_meant_from_the_checkouts_root_and_zero_threads_are_all_cores()
    {
        using var folder = Holding("""{ "threads": 0, "folders": { "models": "weights" }, "plotly": { "source": "file", "path": "p.js" } }""");

        var environment = KitEnvironment.Load(folder.Root, _ => null);

        Assert.Equal(Path.Combine(folder.Root, "weights"), environment.Models);
        Assert.Equal(Path.Combine(folder.Root, "out"), environment.Results);
        Assert.Equal(Path.Combine(folder.Root, "p.js"), environment.Plotly.Path);
        Assert.Equal(Environment.ProcessorCount, environment.Threads);
    }

    [Fact]
    public void The_schema_accepts_the_committed_file_and_refuses_an_unknown_key()
    {
        var file = JsonDocument.Parse(File.ReadAllText(Committed("environment.json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }).RootElement;
        var schema = JsonSchema.FromText(File.ReadAllText(Committed("environment.schema.json")));

        Assert.True(schema.Evaluate(file).IsValid);
        Assert.False(schema.Evaluate(JsonDocument.Parse("""{"scal":"smoke"}""").RootElement).IsValid);
        Assert.False(schema.Evaluate(JsonDocument.Parse("""{"plotly":{"source":"file"}}""").RootElement).IsValid);
    }

    [Fact]
    public void Schema_committed_file_and_code_know_the_same_keys()
    {
        var keys = SettingKey.All.Select(k => k.Name).Order().ToArray();
        var schema = JsonNode.Parse(File.ReadAllText(Committed("environment.schema.json")))!;

        Assert.Equal(keys, SchemaKeys(schema, "").Order());
        Assert.Equal(keys, EnvironmentFile.Read(Committed("environment.json")).Select(s => s.Key.Name).Order());
        Assert.Equal(SettingKey.All.Select(k => k.Default), EnvironmentFile.Read(Committed("environment.json")).OrderBy(s => SettingKey.All.ToList().IndexOf(s.Key)).Select(s => s.Value));
    }

    [Theory]
    [InlineData("tpu", "device is 'tpu'; expected auto, cpu, cuda or cuda:N.")]
    [InlineData("cuda:99", "device is 'cuda:99', but libtorch sees")]
    public void A_device_that_is_not_there_is_refused(string setting, string message) =>
        Assert.StartsWith(message, Assert.Throws<SettingsException>(() => Devices.Pick(setting)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_processor_is_always_there() => Assert.Equal("cpu", Devices.Pick("cpu").ToString());

    private static IEnumerable<string> SchemaKeys(JsonNode schema, string prefix) => schema["properties"]!.AsObject()
        .Where(p => p.Key != "$schema")
        .SelectMany(p => p.Value!["properties"] is null ? [prefix + p.Key] : SchemaKeys(p.Value, $"{p.Key}."));

    private static string Committed(string name) => Path.Combine(Checkout.Root, name);

    private static TempFolder Holding(string json)
    {
        var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Root, KitEnvironment.FileName), json);
        return folder;
    }
}
