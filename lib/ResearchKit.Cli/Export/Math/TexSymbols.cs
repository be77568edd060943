namespace ResearchKit.Cli.Export.Math;

/// <summary>TeX's names and what they stand for in MathML.</summary>
internal static class TexSymbols
{
    /// <summary>Identifiers: &lt;mi&gt;.</summary>
    internal static IReadOnlyDictionary<string, string> Identifiers { get; } = Table(
        @"\alpha α \beta β \gamma γ \delta δ \epsilon ϵ \varepsilon ε \zeta ζ \eta η \theta θ \vartheta ϑ \iota ι \kappa κ \lambda λ \mu μ \nu ν \xi ξ \pi π \varpi ϖ \rho ρ \varrho ϱ \sigma σ \varsigma ς \tau τ \upsilon υ \phi ϕ \varphi φ \chi χ \psi ψ \omega ω \Gamma Γ \Delta Δ \Theta Θ \Lambda Λ \Xi Ξ \Pi Π \Sigma Σ \Upsilon Υ \Phi Φ \Psi Ψ \Omega Ω \infty ∞ \partial ∂ \nabla ∇ \ell ℓ \hbar ℏ \emptyset ∅ \varnothing ∅ \top ⊤ \bot ⊥ \Re ℜ \Im ℑ \aleph ℵ");

    /// <summary>Operators, relations, arrows and dots: &lt;mo&gt;.</summary>
    internal static IReadOnlyDictionary<string, string> Operators { get; } = Table(
        @"\le ≤ \leq ≤ \ge ≥ \geq ≥ \ne ≠ \neq ≠ \approx ≈ \sim ∼ \simeq ≃ \cong ≅ \equiv ≡ \propto ∝ \ll ≪ \gg ≫ \prec ≺ \succ ≻ \preceq ⪯ \succeq ⪰ \in ∈ \notin ∉ \ni ∋ \subset ⊂ \subseteq ⊆ \supset ⊃ \supseteq ⊇ \cup ∪ \cap ∩ \setminus ∖ \forall ∀ \exists ∃ \neg ¬ \lnot ¬ \land ∧ \wedge ∧ \lor ∨ \vee ∨ \times × \cdot ⋅ \div ÷ \pm ± \mp ∓ \ast ∗ \star ⋆ \circ ∘ \bullet ∙ \oplus ⊕ \otimes ⊗ \odot ⊙ \to → \rightarrow → \leftarrow ← \gets ← \leftrightarrow ↔ \Rightarrow ⇒ \Leftarrow ⇐ \Leftrightarrow ⇔ \iff ⟺ \implies ⟹ \mapsto ↦ \longrightarrow ⟶ \uparrow ↑ \downarrow ↓ \mid ∣ \vert | \Vert ‖ \parallel ∥ \perp ⟂ \langle ⟨ \rangle ⟩ \lfloor ⌊ \rfloor ⌋ \lceil ⌈ \rceil ⌉ \lbrace { \rbrace } \lbrack [ \rbrack ] \lvert | \rvert | \lVert ‖ \rVert ‖ \ldots … \dots … \cdots ⋯ \vdots ⋮ \ddots ⋱ \dotsc … \dotsb ⋯ \colon : \prime ′ \dagger † \triangleq ≜ \coloneqq ≔ \doteq ≐ \models ⊨ \vdash ⊢ \| ‖ \{ { \} } \% % \_ _ \# # \& & \$ $ \backslash \ \S §");

    /// <summary>Relations after which a sign is a prefix.</summary>
    internal static IReadOnlySet<string> Relations { get; } = Set(@"\le \leq \ge \geq \ne \neq \approx \sim \equiv \propto \to \Rightarrow \Leftrightarrow \triangleq \coloneqq \in \mapsto");

    /// <summary>Large operators, whose limits stand above and below in a display.</summary>
    internal static IReadOnlyDictionary<string, string> Large { get; } = Table(
        @"\sum ∑ \prod ∏ \coprod ∐ \bigcup ⋃ \bigcap ⋂ \bigoplus ⨁ \bigotimes ⨂ \bigwedge ⋀ \bigvee ⋁");

    /// <summary>Integrals, whose limits stand at the side.</summary>
    internal static IReadOnlyDictionary<string, string> Integrals { get; } = Table(@"\int ∫ \iint ∬ \oint ∮");

    /// <summary>Functions set upright.</summary>
    internal static IReadOnlySet<string> Functions { get; } = Set(@"\log \ln \lg \exp \sin \cos \tan \cot \sinh \cosh \tanh \arcsin \arccos \arctan \det \dim \ker \deg \arg \gcd \hom \Pr");

    /// <summary>Functions whose subscript stands below in a display.</summary>
    internal static IReadOnlySet<string> LimitFunctions { get; } = Set(@"\min \max \sup \inf \lim \limsup \liminf \argmin \argmax");

    /// <summary>Accents: the mark, and whether it stretches.</summary>
    internal static IReadOnlyDictionary<string, string> Accents { get; } = Table(
        @"\hat ^ \widehat ^ \bar ¯ \overline ¯ \tilde ~ \widetilde ~ \vec → \dot ˙ \ddot ¨ \check ˇ \breve ˘");

    internal static IReadOnlySet<string> StretchedAccents { get; } = Set(@"\widehat \overline \widetilde");

    /// <summary>Spaces in em.</summary>
    internal static IReadOnlyDictionary<string, string> Spaces { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [@"\,"] = "0.167", [@"\:"] = "0.222", [@"\;"] = "0.278", [@"\!"] = "-0.167", [@"\ "] = "0.25", ["~"] = "0.25", [@"\quad"] = "1", [@"\qquad"] = "2", [@"\>"] = "0.222",
    };

    private static Dictionary<string, string> Table(string pairs) =>
        pairs.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static HashSet<string> Set(string names) => [.. names.Split(' ')];
}
