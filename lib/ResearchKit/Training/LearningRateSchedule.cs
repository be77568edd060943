namespace ResearchKit.Training;

/// <summary>
/// The learning rate as a pure function of the step, so that a resumed run needs only its step. Decay as in Hugging Face's
/// get_linear_schedule_with_warmup and get_cosine_schedule_with_warmup; the warm-up starts above 0, as nanoGPT's does, so
/// that no step is lost.
/// </summary>
public static class LearningRateSchedule
{
    /// <summary>The share of the peak learning rate at a step, in (0, 1].</summary>
    /// <param name="step">The step that is about to be taken, 1 .. <paramref name="steps"/>.</param>
    /// <param name="steps">All steps of the run.</param>
    /// <param name="warmupSteps">w: the factor is step/(w+1) for step 1 .. w, and 1 at w+1.</param>
    /// <param name="decay">With progress p = (step-1-w)/(steps-w): linear 1-p, cosine (1+cos(pi p))/2.</param>
    public static double Factor(int step, int steps, int warmupSteps, Decay decay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, steps);
        if (step <= warmupSteps) return step / (warmupSteps + 1.0);
        var progress = (step - 1.0 - warmupSteps) / (steps - warmupSteps);
        return decay switch
        {
            Decay.Linear => 1 - progress,
            Decay.Cosine => (1 + Math.Cos(Math.PI * progress)) / 2,
            _ => 1,
        };
    }
}
