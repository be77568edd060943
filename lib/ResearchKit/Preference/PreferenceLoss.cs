using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>What a pairwise preference loss gives for B pairs.</summary>
/// <param name="Losses">Loss of each pair [B], not reduced: a training step takes <c>Losses.mean()</c>.</param>
/// <param name="ChosenRewards">Implicit reward of the chosen answers [B], detached.</param>
/// <param name="RejectedRewards">Implicit reward of the rejected answers [B], detached.</param>
public sealed record PreferenceLoss(Tensor Losses, Tensor ChosenRewards, Tensor RejectedRewards);
