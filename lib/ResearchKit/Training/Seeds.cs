using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>
/// Independent runs side by side, each on an operating-system thread with one torch thread. For small models that is
/// faster than giving one run all cores, and the results are bit for bit those of one run after another.
/// </summary>
public static class Seeds
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs one function per seed.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="run">
    /// A synchronous run that shares no state with others: dispose scopes, grad mode and torch's thread count belong to its thread.
    /// </param>
    /// <param name="threads">Runs at a time; 1 runs them one after another, with the same results.</param>
    /// <param name="kept">
    /// Results by seed, or null. A seed found here is not run again, and each whole run is put here as it ends: a dictionary made
    /// in an earlier cell lets a cell that was stopped go on where it was. Empty it where what <paramref name="run"/> does changed.
    /// </param>
    /// <param name="cancellationToken">Cancels the token that each run gets; runs that have not begun do not begin.</param>
    /// <returns>The results in the seeds' order.</returns>
    /// <exception cref="TrainingException">A run failed: the message names its seed. The others are cancelled and waited for.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, after all runs that had begun have ended; the message says how many were whole, and how to go on.</exception>
    /// <remarks>
    /// torch keeps the thread count per thread and a process-wide default that new threads take; workers set theirs to 1 and
    /// the caller's count is set again at the end. Let nothing else use torch meanwhile.
    /// </remarks>
    public static T[] SideBySide<T>(IReadOnlyList<long> seeds, Func<long, CancellationToken, T> run, int threads, IDictionary<long, T>? kept, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = new T[seeds.Count];
        var before = kept is null ? [] : new Dictionary<long, T>(kept);
        (int Index, Exception Error)? failure = null;
        var gate = new Lock();
        var (next, ended) = (-1, 0);
        var callersThreads = get_num_threads();

        void Work()
        {
            set_num_threads(1);
            while (Interlocked.Increment(ref next) is var i && i < seeds.Count && !stop.IsCancellationRequested)
            {
                try
                {
                    var known = before.TryGetValue(seeds[i], out var result);
                    results[i] = known ? result! : run(seeds[i], stop.Token);
                    // A run that was stopped returns too, with what it had.
                    if (!known && stop.IsCancellationRequested) continue;
                    lock (gate)
                    {
                        ended++;
                        kept?[seeds[i]] = results[i];
                    }
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }
#pragma warning disable CA1031 // a worker's every failure is carried to the caller's thread
                catch (Exception error)
#pragma warning restore CA1031
                {
                    // What fails after the first is mostly its echo: a run that was cancelled half-way.
                    lock (gate) failure ??= (i, error);
                    stop.Cancel();
                }
            }
        }

        var workers = Enumerable.Range(0, Math.Min(threads, seeds.Count)).Select(i => new Thread(Work) { Name = $"seeds {i}", IsBackground = true }).ToArray();
        foreach (var worker in workers) worker.Start();
        var waited = false;
        try
        {
            // A session can abort a cell's thread between two glances, not within one long wait.
            foreach (var worker in workers) while (!worker.Join(Glance)) { }
            waited = true;
        }
        finally
        {
            if (waited) stop.Dispose();
            else stop.Cancel();
            set_num_threads(callersThreads);
        }

        if (failure is { } first) throw new TrainingException($"seed {seeds[first.Index]}: {first.Error.Message}", first.Error);
        if (cancellationToken.IsCancellationRequested)
            throw new OperationCanceledException($"Stopped: {ended} of {seeds.Count} seeds had ended{(kept is null ? ", and results are given only when all have. Run it again, or fewer seeds." : " and are kept. Run the cell again to go on with the others.")}", cancellationToken);
        return results;
    }

    /// <summary>The same without results that are kept.</summary>
    public static T[] SideBySide<T>(IReadOnlyList<long> seeds, Func<long, CancellationToken, T> run, int threads, CancellationToken cancellationToken = default) =>
        SideBySide(seeds, run, threads, null, cancellationToken);
}
