using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>
/// torch._fused_adamw_, which TorchSharp does not bind, over whole lists of tensors through TorchScript. The source is a
/// constant: one that does not parse can abort the process.
/// </summary>
internal static class FusedKernels
{
    private const string Source = """
        def adamw(params: List[Tensor], grads: List[Tensor], exp_avgs: List[Tensor], exp_avg_sqs: List[Tensor], steps: List[Tensor], numbers: Tensor):
            lr, beta1, beta2, weight_decay, eps = float(numbers[0]), float(numbers[1]), float(numbers[2]), float(numbers[3]), float(numbers[4])
            torch._foreach_add_(steps, 1)
            torch._fused_adamw_(params, grads, exp_avgs, exp_avg_sqs, [], steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=eps, amsgrad=False, maximize=False)
            return steps[0]


        """;

    // A compiled unit per thread: seeds side by side never meet in the interpreter.
    [ThreadStatic]
    private static jit.CompilationUnit? unit;

    private static jit.CompilationUnit Unit => unit ??= jit.compile(Source);

    internal static void AdamW(
        Tensor[] parameters, Tensor[] gradients, Tensor[] firstMoments, Tensor[] secondMoments, Tensor[] steps,
        double learningRate, double beta1, double beta2, double weightDecay, double epsilon)
    {
        using var _ = no_grad();
        // A tensor of our own: numbers given one by one become native scalars that nothing holds, and a collection at the
        // wrong moment frees them before the call has read them.
        using var numbers = tensor([learningRate, beta1, beta2, weightDecay, epsilon], ScalarType.Float64);
        using var done = (Tensor)Unit.invoke("adamw", parameters, gradients, firstMoments, secondMoments, steps, numbers);
    }
}
