using TorchSharp;

namespace ResearchKit.Models;

/// <summary>
/// A module that registers its parts by hand, under the names of Hugging Face's files, so that
/// <c>named_parameters()</c> is the weight map: stable in order, and the same for training, saving and golden tests.
/// </summary>
public abstract class NamedModule : torch.nn.Module
{
    /// <summary>Creates an empty module.</summary>
    protected NamedModule(string name) : base(name) { }

    /// <summary>Registers nothing: reflection over fields would register each part a second time.</summary>
    protected sealed override void RegisterComponents() { }
}
