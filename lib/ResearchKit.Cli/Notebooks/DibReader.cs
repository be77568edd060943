using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Notebooks;

/// <summary>Reads a .dib file as a notebook and says in which line a bad one is at fault (see <see cref="Dib"/>).</summary>
internal static class DibReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private sealed record Block(string Word, int Line, string Text);

    internal static Notebook Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (IOException error)
        {
            throw new CliException($"{path} could not be read: {error.Message}");
        }
    }

    internal static Notebook Parse(string text, string path)
    {
        var blocks = Blocks(text.TrimStart('\uFEFF').ReplaceLineEndings("\n"), path);
        var meta = blocks.FirstOrDefault(block => block.Word == Dib.Meta);
        if (blocks.Where(block => block.Word == Dib.Meta).Skip(1).FirstOrDefault() is { } second) throw Bad(path, second.Line, "a second #!meta block");
        var cells = new JsonArray();
        var fresh = new List<JsonObject>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in blocks.Where(block => block.Word != Dib.Meta))
        {
            var cell = Cell(block, path, out var described);
            cells.Add(cell);
            if (!described) fresh.Add(cell);
            if (cell["id"] is { } id && !ids.Add(id.ToString())) throw Bad(path, block.Line, $"the id {id} is another cell's too (in a copied cell, delete the comment at its top)");
        }
        if (cells.Count == 0) throw new CliException($"{path} is not a .dib notebook: it has no cells (#!markdown or #!csharp begins one).");
        var fields = meta is null ? null : Json(meta.Text, path, meta.Line)["notebook"];
        var notebook = new JsonObject { ["cells"] = cells };
        foreach (var (name, value) in fields as JsonObject ?? []) notebook[name] = value?.DeepClone();
        if (fields is JsonObject)
        {
            NotebookRules.Complete(notebook, fresh);
        }
        else
        {
            notebook["metadata"] = new JsonObject();
            notebook["nbformat"] = 4;
            notebook["nbformat_minor"] = 5;
            NotebookRules.Apply(new Notebook(notebook));
        }
        // The same rules as for any notebook: unknown kinds of cells, a wrong version.
        return NotebookFile.Parse(notebook.ToJsonString(), path);
    }

    private static List<Block> Blocks(string text, string path)
    {
        var blocks = new List<Block>();
        string? word = null;
        var (start, body) = (1, new List<string>());
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (Dib.WordOf(line) is { } next)
            {
                Close();
                if (next is not (Dib.Meta or Dib.Markdown or Dib.CSharp)) throw Bad(path, index + 1, $"a #!{next} cell, and notebooks of this kit hold #!markdown and #!csharp");
                (word, start) = (next, index + 1);
            }
            else
            {
                body.Add(line);
            }
        }
        Close();
        return blocks;

        void Close()
        {
            var content = Dib.Trimmed(string.Join('\n', body));
            if (word is not null) blocks.Add(new Block(word, start, content));
            else if (content.Length > 0) throw Bad(path, 1, "text before the first #!meta, #!markdown or #!csharp");
            body.Clear();
        }
    }

    private static JsonObject Cell(Block block, string path, out bool described)
    {
        var code = block.Word == Dib.CSharp;
        var (fields, body) = Described(block, path, code);
        described = fields is not null;
        fields ??= [];
        var source = Dib.Unescaped(Dib.Trimmed(body));
        if (fields["source"] is { } whole && Dib.Trimmed(whole.ToString()) == source) source = whole.ToString();
        var metadata = fields["metadata"]?.DeepClone() as JsonObject ?? (code ? Dib.LanguageMetadata() : []);
        if (fields["metadata"] is null && fields["tags"] is JsonArray tags) metadata["tags"] = tags.DeepClone();

        var cell = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["cell_type"] = code ? "code" : fields["cell_type"]?.ToString() ?? Dib.Markdown,
            ["metadata"] = metadata,
            ["source"] = MultilineText.Split(source),
        };
        if (code) (cell["execution_count"], cell["outputs"]) = (null, new JsonArray());
        foreach (var (name, value) in fields)
        {
            if (name is not ("metadata" or "tags" or "source" or "cell_type")) cell[name] = value?.DeepClone();
        }
        return new JsonObject(cell);
    }

    private static (JsonObject? Fields, string Body) Described(Block block, string path, bool code)
    {
        var mark = code ? Dib.CodeMark : Dib.TextMark;
        if (!block.Text.StartsWith(mark, StringComparison.Ordinal)) return (null, block.Text);
        var end = block.Text.IndexOf('\n', StringComparison.Ordinal);
        var (comment, body) = end < 0 ? (block.Text, "") : (block.Text[..end], block.Text[(end + 1)..]);
        comment = comment[mark.Length..].Trim();
        if (!code && !comment.EndsWith(Dib.TextMarkEnd, StringComparison.Ordinal)) throw Bad(path, block.Line, $"its comment {mark} does not end with {Dib.TextMarkEnd} in its line");
        return (Json(code ? comment : comment[..^Dib.TextMarkEnd.Length], path, block.Line), body);
    }

    private static JsonObject Json(string text, string path, int line)
    {
        try
        {
            var json = JsonNode.Parse(text, documentOptions: Strict) as JsonObject ?? throw Bad(path, line, "what stands there is not a JSON object");
            // Texts are decoded only when they are written: a fault in one is to show here.
            json.ToJsonString();
            return json;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Bad(path, line, $"what stands there is not JSON ({error.Message.Split(". ")[0]})");
        }
    }

    private static CliException Bad(string path, int line, string what) => new($"{path} is not a .dib notebook that can be read: the block of line {line}: {what}.");
}
