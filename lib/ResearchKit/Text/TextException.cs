using ResearchKit.Runtime;

namespace ResearchKit.Text;

/// <summary>A text, token or id that a vocabulary cannot take.</summary>
public sealed class VocabularyException(string message) : KitException(message);

/// <summary>A tokenizer's files that are missing, damaged or at odds with each other.</summary>
public sealed class TokenizerException(string message, Exception? inner = null) : KitException(message, inner);

/// <summary>Messages that a chat template refuses, or a template that the kit does not know.</summary>
public sealed class ChatTemplateException(string message, Exception? inner = null) : KitException(message, inner);
