using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>What a critic says about each token.</summary>
/// <param name="Advantages">A_t [B,T], 0 where masked; not whitened.</param>
/// <param name="Returns">A_t + V_t [B,T], the critic's targets; 0 where masked.</param>
public sealed record AdvantagesAndReturns(Tensor Advantages, Tensor Returns);

/// <summary>
/// Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438, equation 16): δ_t = r_t + γV_{t+1} − V_t,
/// A_t = δ_t + γλA_{t+1}, with V = A = 0 after the last token. λ = 0 trusts the critic, λ = 1 takes the sum of rewards.
/// </summary>
public static class GeneralizedAdvantage
{
    /// <summary>Advantages and returns, without gradient.</summary>
    /// <param name="rewards">Rewards per token, KL penalty included [B,T].</param>
    /// <param name="values">V of the state before each token [B,T].</param>
    /// <param name="mask">1 on the tokens that were acted [B,T]. Tokens between them (a tool's output, say) are passed over: the next acted token follows.</param>
    /// <param name="gamma">γ in [0, 1], the discount per token; 1 in RLHF.</param>
    /// <param name="lambda">λ in [0, 1].</param>
    public static AdvantagesAndReturns Compute(Tensor rewards, Tensor values, Tensor mask, double gamma = 1, double lambda = 0.95)
    {
        PolicyChecks.Matrix(rewards, nameof(rewards));
        PolicyChecks.SameShape((rewards, nameof(rewards)), (values, nameof(values)), (mask, nameof(mask)));
        PolicyChecks.UnitInterval(gamma, nameof(gamma));
        PolicyChecks.UnitInterval(lambda, nameof(lambda));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var acted = mask.ne(0);
        var v = values.masked_fill(~acted, 0);
        var columns = new Tensor[rewards.shape[1]];
        Tensor next = zeros_like(v.select(1, 0)), advantage = zeros_like(next);   // [B]
        for (var t = columns.Length - 1; t >= 0; t--)
        {
            var (here, value) = (acted.select(1, t), v.select(1, t));
            var delta = rewards.select(1, t) + gamma * next - value;
            advantage = where(here, delta + gamma * lambda * advantage, advantage);
            next = where(here, value, next);
            columns[t] = advantage;
        }
        var advantages = stack(columns, 1).masked_fill(~acted, 0);
        return new AdvantagesAndReturns(advantages.MoveToOuterDisposeScope(), (advantages + v).MoveToOuterDisposeScope());
    }
}
