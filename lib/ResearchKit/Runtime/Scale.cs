namespace ResearchKit.Runtime;

/// <summary>How large a run is. One code path: a scale only picks numbers and sources.</summary>
public enum Scale
{
    /// <summary>Seconds: the whole path runs, verdicts are computed but not judged.</summary>
    Smoke,

    /// <summary>The default: 1 to 4 minutes on two cores, on a generated world.</summary>
    Workshop,

    /// <summary>A GPU, real checkpoints and datasets from local folders.</summary>
    Paper,
}
