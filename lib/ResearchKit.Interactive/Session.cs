using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace ResearchKit.Interactive;

/// <summary>The session that a cell runs in: rk's own engine, the real kernel, or none (a test, a plain program).</summary>
internal static class Session
{
    private static readonly Lock Gate = new();
    private static KernelInvocationContext? latest;

    /// <summary>True where rk runs the notebook and takes the record and progress out of the cells' outputs itself.</summary>
    internal static bool UnderRk => Host == "rk";

    /// <summary>True in rk's own session, also as a Jupyter kernel: forms that are JSON arrive as objects.</summary>
    internal static bool GivesJson => Host is "rk" or "kernel";

    private static string? Host => Environment.GetEnvironmentVariable("RESEARCHKIT_HOST");

    /// <summary>The running cell's context. A thread that a cell started may not see it, so the last one seen stands in.</summary>
    internal static KernelInvocationContext? Context
    {
        get
        {
            lock (Gate)
            {
                return latest = KernelInvocationContext.Current ?? latest;
            }
        }
    }

    /// <summary>Ends long work when the cell is interrupted.</summary>
    internal static CancellationToken CancellationToken => Context?.CancellationToken ?? CancellationToken.None;

    /// <summary>Tells rk's session to drop what the cell has shown; elsewhere outputs stay.</summary>
    internal static void Clear(bool wait)
    {
        if (GivesJson && Context is { } context) context.DisplayAs(wait ? """{"wait":true}""" : """{"wait":false}""", "application/vnd.researchkit.clear+json");
    }

    /// <summary>Shows a value in all the forms registered for it; null outside a session.</summary>
    internal static DisplayedValue? Display(object value)
    {
        if (Context is not { } context)
        {
            Console.WriteLine(value);
            return null;
        }
        return context.Display(value, [.. Formatter.GetPreferredMimeTypesFor(value.GetType())]);
    }
}
