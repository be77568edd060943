namespace ResearchKit.Cli.Export.Math;

/// <summary>TeX beyond the subset: the formula is shown as its source.</summary>
internal sealed class TexUnknownException(string what) : Exception(what);
