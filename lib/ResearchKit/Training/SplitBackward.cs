using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>
/// The gradient of a batch, its parts computed side by side: each part forward and backward on an operating-system thread
/// with one torch thread. For small models that is faster than giving each operation all cores; where a machine's cores are
/// busy with other seeds already (<see cref="Seeds.SideBySide{T}(IReadOnlyList{long}, Func{long, CancellationToken, T}, int, CancellationToken)"/>) it gains nothing.
/// </summary>
/// <remarks>
/// Gradients are added in the parts' order, whoever ends first: the same parts give the same bits, on any number of threads.
/// </remarks>
public static class SplitBackward
{
    /// <summary>Adds the gradient of the summed losses to the parameters' gradients.</summary>
    /// <param name="parts">Parts of a batch, one thread each.</param>
    /// <param name="parameters">What trains; a parameter that no part's loss depends on is left as it is.</param>
    /// <param name="loss">
    /// A part's loss, a scalar: its share of the batch's, as (rows of the part / rows of the batch) times its mean. Called on
    /// threads of their own, each within a dispose scope; it may read what the parts share and change nothing of it.
    /// </param>
    /// <returns>The sum of the losses.</returns>
    /// <exception cref="TrainingException">A part failed; the message names it. No gradient was changed.</exception>
    public static double Run<T>(IReadOnlyList<T> parts, IReadOnlyList<Parameter> parameters, Func<T, Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(loss);
        if (parts.Count == 0) throw new ArgumentException("a batch needs at least one part", nameof(parts));
        Parameter[] trained = [.. parameters.Where(parameter => parameter.requires_grad)];
        var (losses, gradients, failures) = (new double[parts.Count], new Tensor?[parts.Count][], new Exception?[parts.Count]);
        var callersThreads = get_num_threads();

        void Work(int part)
        {
            set_num_threads(1);
            try
            {
                using var scope = NewDisposeScope();
                var value = loss(parts[part]);
                // torch.autograd.grad of a loss without a graph would end the process: TorchSharp does not catch its error.
                if (!value.requires_grad || value.numel() != 1)
                    throw new ArgumentException($"the loss is [{string.Join(',', value.shape)}]{(value.requires_grad ? "" : " without a graph")}; a scalar that depends on the parameters is expected", nameof(loss));
                var found = autograd.grad([value], trained, allow_unused: true);
                gradients[part] = [.. found.Select(gradient => gradient is null || gradient.IsInvalid ? null : gradient.DetachFromDisposeScope())];
                losses[part] = value.to_type(ScalarType.Float64).item<double>();
            }
#pragma warning disable CA1031 // a thread's every failure is carried to the caller's
            catch (Exception error)
#pragma warning restore CA1031
            {
                failures[part] = error;
            }
        }

        var workers = Enumerable.Range(0, parts.Count).Select(part => new Thread(() => Work(part)) { Name = $"part {part}", IsBackground = true }).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        set_num_threads(callersThreads);
        try
        {
            if (Array.FindIndex(failures, failure => failure is not null) is var failed and >= 0)
                throw new TrainingException($"part {failed} of {parts.Count}: {failures[failed]!.Message}", failures[failed]!);
            using var noGrad = no_grad();
            for (var i = 0; i < trained.Length; i++) Add(trained[i], [.. gradients.Select(part => part![i])]);
            return losses.Sum();
        }
        finally
        {
            foreach (var gradient in gradients.Where(part => part is not null).SelectMany(part => part!)) gradient?.Dispose();
        }
    }

    private static void Add(Parameter parameter, Tensor?[] gradients)
    {
        var given = gradients.OfType<Tensor>().ToArray();
        if (given.Length == 0) return;
        var sum = parameter.grad ?? given[0].alias();
        foreach (var gradient in given.Skip(parameter.grad is null ? 1 : 0)) sum.add_(gradient);
        parameter.grad = sum;
    }
}
