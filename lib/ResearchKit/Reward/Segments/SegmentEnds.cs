namespace ResearchKit.Reward;

/// <summary>Where the segments of an answer end: clauses and sentences, the units that fine-grained rewards are given to.</summary>
public static class SegmentEnds
{
    /// <summary>The places of the segments' last tokens, rising.</summary>
    /// <param name="answer">The answer's tokens.</param>
    /// <param name="ends">The ids that end a segment; they belong to it.</param>
    /// <param name="stops">The ids that end the answer; they belong to no segment.</param>
    /// <returns>
    /// 0-based places. What stands after the last end counts as a segment of its own; a segment needs a token besides its
    /// end, so repeated ends make none.
    /// </returns>
    public static int[] Of(IReadOnlyList<int> answer, IReadOnlyCollection<int> ends, IReadOnlyCollection<int> stops)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentNullException.ThrowIfNull(stops);
        var (places, open, last) = (new List<int>(), false, -1);
        for (var t = 0; t < answer.Count && !stops.Contains(answer[t]); t++)
        {
            if (!ends.Contains(answer[t])) (open, last) = (true, t);
            else if (open)
            {
                places.Add(t);
                open = false;
            }
        }
        if (open) places.Add(last);
        return [.. places];
    }
}
