namespace ResearchKit.Cli.Tests.Support;

/// <summary>A cell that shows values without the kit, so that the runner is tested alone.</summary>
internal static class Sink
{
    internal const string Cell = """
        using Microsoft.DotNet.Interactive;
        using Microsoft.DotNet.Interactive.Commands;
        using Microsoft.DotNet.Interactive.Events;
        using Microsoft.DotNet.Interactive.Formatting;
        void Publish(bool update, string id, params (string Mime, string Value)[] forms)
        {
            var context = KernelInvocationContext.Current;
            var values = forms.Select(form => new FormattedValue(form.Mime, form.Value)).ToList();
            context.Publish(update ? new DisplayedValueUpdated(null, id, context.Command, values) : new DisplayedValueProduced(null, context.Command, values, id));
        }
        void Show(params (string Mime, string Value)[] forms) => Publish(false, Guid.NewGuid().ToString("N"), forms);
        """;
}
