namespace ResearchKit.Reward;

/// <summary>Several verdicts on one pair as one: OpenRubrics' voting@5 samples five rationales and takes the majority.</summary>
public static class MajorityVote
{
    /// <summary>The side with more votes; none where both have as many. A verdict of none, one that did not parse too, is no vote.</summary>
    public static JudgeVerdict Of(IReadOnlyList<JudgeVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        var ahead = verdicts.Count(verdict => verdict == JudgeVerdict.First) - verdicts.Count(verdict => verdict == JudgeVerdict.Second);
        return ahead > 0 ? JudgeVerdict.First : ahead < 0 ? JudgeVerdict.Second : JudgeVerdict.None;
    }
}
