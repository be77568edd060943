namespace ResearchKit.Worlds;

/// <summary>The made-up words of <see cref="SafetyWorld"/>; none of them means anything.</summary>
internal static class SafetyWords
{
    internal static readonly string[] Topics =
        ["balo", "cemi", "dufa", "feko", "galu", "himo", "jeva", "kosi", "luna", "mepo", "nida", "peru", "quno", "rilo", "sobe", "tavi"];
    internal static readonly string[] Items = ["ba", "de", "fi", "go", "ku", "la", "me", "nu"];
    internal static readonly string[] Verbs = ["brin", "clom", "drav", "flen", "grup", "plim", "snor", "tresk"];
    internal static readonly string[] Translated = ["izbrin", "izclom", "izdrav", "izflen", "izgrup", "izplim", "iznor", "iztresk"];
    internal static readonly string[] Personas = ["zed", "ymir", "oona", "wex"];
    internal static readonly string[] Heroes = ["arlo", "bree", "cass", "dorn"];
    internal static readonly string[] Fillers = ["uh", "um", "hm", "er"];
    internal static readonly string[] FirstCodes = [.. Enumerable.Range(1, 16).Select(i => $"x{i}")];
    internal static readonly string[] SecondCodes = [.. Enumerable.Range(1, 8).Select(i => $"y{i}")];
    internal static readonly string[] Frame =
        ["?", "as", ":", "start", "with", "story", "where", "ends", "take", "then", "apply", "to", "backwards", "first", "next", "decode", "abroad", "say"];
    internal static readonly string[] Replies = ["sure", "no", "sorry", "never", "declined", "cannot", "help"];
    internal static readonly string[] Facts = [.. Enumerable.Range(1, SafetyWorld.Facts).Select(i => $"f{i}")];

    internal static IEnumerable<string> Objects => Topics.SelectMany(topic => Items.Select(item => $"{topic}-{item}"));

    internal static IEnumerable<string> All =>
        [.. Replies, .. Frame, .. Verbs, .. Translated, .. Personas, .. Heroes, .. Fillers, .. FirstCodes, .. SecondCodes, .. Facts, .. Objects];
}
