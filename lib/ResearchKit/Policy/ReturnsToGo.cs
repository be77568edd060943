using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// REINFORCE's weights (Williams 1992): the discounted rewards from each token on, G_t = r_t + γG_{t+1}, without a critic.
/// Less a baseline that does not look at the token, such as the batch's mean, they are advantages.
/// </summary>
public static class ReturnsToGo
{
    /// <summary>G_t [B,T] without gradient, 0 where masked.</summary>
    /// <param name="rewards">Rewards per token [B,T].</param>
    /// <param name="mask">1 on the tokens that were acted [B,T]; others are passed over.</param>
    /// <param name="gamma">γ in [0, 1].</param>
    public static Tensor Compute(Tensor rewards, Tensor mask, double gamma = 1)
    {
        // λ = 1 and no critic: the advantage is the return.
        ArgumentNullException.ThrowIfNull(rewards);
        using var scope = NewDisposeScope();
        return GeneralizedAdvantage.Compute(rewards, zeros_like(rewards), mask, gamma, lambda: 1).Advantages.MoveToOuterDisposeScope();
    }
}
