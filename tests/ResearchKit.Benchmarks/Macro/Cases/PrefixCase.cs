using ResearchKit.Benchmarks.Macro.Work;
using ResearchKit.Generation;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>Prompts computed once against prompts computed with every answer: pairs and groups of eight.</summary>
internal static class PrefixCase
{
    internal static IEnumerable<Row> Run()
    {
        foreach (var (prompts, answers, wish) in new[] { (Shapes.Pairs, 2, 1.3), (4, 8, 2.0) })
        {
            using var work = new PrefixWork(Shapes.Policy, prompts, answers, Shapes.Prompt, Shapes.Answer);
            var apart = work.Apart();
            foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                var best = Race.Run(6, new LocalSide(threads, 2, () => work.Step(PromptSharing.Always)), new LocalSide(threads, 2, () => work.Step(PromptSharing.Never)), new LocalSide(threads, 2, work.WholeLogits));
                var of = $"{prompts} prompts of {Shapes.Prompt} tokens with {answers} answers of {Shapes.Answer}";
                var note = FormattableString.Invariant($"{of}; gradients at most {apart:E1} apart");
                var how = $"{(answers == 2 ? "pairs" : $"groups of {answers}")}, {threads} thread{(threads == 1 ? "" : "s")}";
                yield return Row.Faster("prefix", $"{how}: shared against its plain twin", best[0], best[1], null, note);
                yield return Row.Faster("prefix", $"{how}: shared against whole rows with logits of all tokens", best[0], best[2], wish, note);
            }
        }
    }
}
