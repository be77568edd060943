namespace ResearchKit.Models;

/// <summary>The published architectures that <see cref="CausalLM"/> covers; each names its weights as Hugging Face does.</summary>
public enum ModelFamily
{
    /// <summary>GPT-2: learned positions, LayerNorm, GELU (tanh form), one fused projection for query, key and value.</summary>
    Gpt2,

    /// <summary>Llama 1 to 3: rotary positions, RMSNorm, SwiGLU, grouped-query attention.</summary>
    Llama,

    /// <summary>Mistral: Llama with a sliding attention window.</summary>
    Mistral,

    /// <summary>Qwen2 and Qwen2.5: Llama with biases on query, key and value.</summary>
    Qwen2,

    /// <summary>Qwen3: Llama with RMSNorm on each head's query and key.</summary>
    Qwen3,
}

/// <summary>The feed-forward network's nonlinearity.</summary>
public enum Activation
{
    /// <summary>GELU's tanh approximation (Hugging Face: gelu_new, gelu_pytorch_tanh).</summary>
    GeluTanh,

    /// <summary>The exact GELU.</summary>
    Gelu,

    /// <summary>SiLU, also called swish; gated it is SwiGLU.</summary>
    Silu,

    /// <summary>The rectifier.</summary>
    Relu,
}
