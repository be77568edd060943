using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.CSharp;

namespace ResearchKit.Cli.Session;

/// <summary>
/// Cells compiled with line numbers, so that a failing cell's line is known. The engine has no setting for it and its
/// options are in a private field; it is archived, so the field stays. Without it lines are unknown and all else works.
/// </summary>
internal static class DebugInformation
{
    internal static void Enable(CSharpKernel kernel)
    {
        var field = typeof(CSharpKernel).GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic);
        if (field?.GetValue(kernel) is ScriptOptions options) field.SetValue(kernel, options.WithEmitDebugInformation(true).WithFileEncoding(Encoding.UTF8));
    }
}
