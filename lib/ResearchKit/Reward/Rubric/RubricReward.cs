namespace ResearchKit.Reward;

/// <summary>Checks of a rubric's criteria as a reward of one answer, or as a verdict between two.</summary>
public static class RubricReward
{
    /// <summary>
    /// The weighted share of the criteria that an answer meets, Σ w_j c_j / Σ w_j in [0, 1]; 0 where it fails the
    /// gatekeeper.
    /// </summary>
    /// <param name="rubric">The criteria.</param>
    /// <param name="satisfied">For each criterion, whether the answer meets it.</param>
    public static double Score(Rubric rubric, IReadOnlyList<bool> satisfied)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        var met = rubric.Met(satisfied);
        if (rubric.Gatekeeper >= 0 && !satisfied[rubric.Gatekeeper]) return 0;
        return met / rubric.Criteria.Sum(criterion => criterion.Weight);
    }

    /// <summary>
    /// The verdict as OpenRubrics' judge is told to reach it: the gatekeeper decides where exactly one answer passes it;
    /// else the hard rules by weight; else the principles by weight; else there is no preference.
    /// </summary>
    /// <param name="rubric">The criteria.</param>
    /// <param name="first">Checks of the first answer.</param>
    /// <param name="second">Checks of the second answer.</param>
    public static JudgeVerdict Compare(Rubric rubric, IReadOnlyList<bool> first, IReadOnlyList<bool> second)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        double Ahead(CriterionKind kind) => rubric.Met(first, kind) - rubric.Met(second, kind);
        var (rules, principles) = (Ahead(CriterionKind.HardRule), Ahead(CriterionKind.Principle));
        if (rubric.Gatekeeper is >= 0 and var gate && first[gate] != second[gate]) return first[gate] ? JudgeVerdict.First : JudgeVerdict.Second;
        var ahead = rules != 0 ? rules : principles;
        return ahead > 0 ? JudgeVerdict.First : ahead < 0 ? JudgeVerdict.Second : JudgeVerdict.None;
    }
}
