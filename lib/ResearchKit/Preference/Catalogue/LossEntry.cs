namespace ResearchKit.Preference;

/// <summary>What there is to know about one preference loss: data for pages and tables, not a way to call it.</summary>
/// <param name="Name">The name that the field uses.</param>
/// <param name="Routine">The class that computes it.</param>
/// <param name="Call">The call, with the arguments that tell it from its relatives.</param>
/// <param name="Equation">TeX; ρ is an answer's log-ratio to the reference, l a log-probability, a bar a mean per token.</param>
/// <param name="Assumes">What must hold for it to do what it promises.</param>
/// <param name="Reference">Whether it needs a reference model.</param>
/// <param name="Paired">Whether every chosen answer needs a rejected one of the same prompt.</param>
/// <param name="Source">Paper, equation and official file.</param>
/// <param name="Golden">The families under tests/golden whose recorded numbers it reproduces; empty where no official code was recorded.</param>
public sealed record LossEntry(
    string Name, Type Routine, string Call, string Equation, string Assumes, bool Reference, bool Paired, string Source,
    IReadOnlyList<string> Golden);
