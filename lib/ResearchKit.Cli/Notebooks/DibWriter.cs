using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Notebooks;

/// <summary>A notebook as .dib text; outputs have no place in it (see <see cref="Dib"/>).</summary>
internal static class DibWriter
{
    internal static string Text(Notebook notebook)
    {
        var fields = (JsonObject)notebook.Json.DeepClone();
        fields.Remove("cells");
        var meta = new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = Dib.CSharp,
                ["items"] = new JsonArray(new JsonObject { ["name"] = Dib.CSharp, ["languageName"] = "C#", ["aliases"] = new JsonArray() }),
            },
            ["notebook"] = fields,
        };
        var text = new StringBuilder($"#!{Dib.Meta}\n\n{meta.ToJsonString()}\n");
        foreach (var cell in notebook.Cells) Append(text, cell);
        return text.ToString();
    }

    private static void Append(StringBuilder text, NotebookCell cell)
    {
        var body = Dib.Escaped(Dib.Trimmed(cell.Source));
        // The default encoder writes > as an escape: the JSON can end no comment.
        var fields = Fields(cell).ToJsonString();
        var comment = cell.IsCode ? $"{Dib.CodeMark} {fields}" : $"{Dib.TextMark} {fields} {Dib.TextMarkEnd}";
        text.Append($"\n#!{(cell.IsCode ? Dib.CSharp : Dib.Markdown)}\n\n{comment}\n");
        if (body.Length > 0) text.Append(body).Append('\n');
    }

    private static JsonObject Fields(NotebookCell cell)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in cell.Json)
        {
            if (name is "source" or "outputs" or "execution_count" or "metadata" or "cell_type") continue;
            fields[name] = value?.DeepClone();
        }
        if (!cell.IsCode && !cell.IsMarkdown) fields["cell_type"] = cell.Kind;
        if (cell.Json["metadata"] is JsonObject metadata) AddMetadata(fields, metadata, cell.IsCode);
        if (Dib.Trimmed(cell.Source) != cell.Source) fields["source"] = cell.Source;
        return fields;
    }

    private static void AddMetadata(JsonObject fields, JsonObject metadata, bool code)
    {
        var usual = code ? Dib.LanguageMetadata() : [];
        if (metadata["tags"] is JsonArray { Count: > 0 } tags) usual["tags"] = tags.DeepClone();
        if (metadata.ToJsonString() != usual.ToJsonString()) fields["metadata"] = metadata.DeepClone();
        else if (usual["tags"] is { } shown) fields["tags"] = shown.DeepClone();
    }
}
