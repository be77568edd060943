using Plotly.NET;

namespace ResearchKit.Plotly;

/// <summary>Plotly's objects are open bags of properties; Plotly.NET sets those it has no argument for through DynamicObj.</summary>
internal static class Dyn
{
    internal static T With<T>(this T target, string name, object? value) where T : DynamicObj.DynamicObj
    {
        if (value is not null) target.SetProperty(name, value);
        return target;
    }

    internal static DynamicObj.DynamicObj Of(params (string Name, object? Value)[] properties)
    {
        var result = new DynamicObj.DynamicObj();
        foreach (var (name, value) in properties) result.With(name, value);
        return result;
    }

    internal static Trace2D Trace(string type, params (string Name, object? Value)[] properties)
    {
        var trace = new Trace2D(type);
        foreach (var (name, value) in properties) trace.With(name, value);
        return trace;
    }

    /// <summary>Numbers for Plotly: what is not finite becomes null, a gap (Plotly.NET would write it as a string).</summary>
    internal static double?[] Numbers(IEnumerable<double> values) => [.. values.Select(v => double.IsFinite(v) ? v : (double?)null)];
}
