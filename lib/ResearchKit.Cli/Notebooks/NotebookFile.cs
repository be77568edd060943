using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Notebooks;

/// <summary>Reads and writes .ipynb files (nbformat 4) and says which rule a bad one breaks.</summary>
internal static class NotebookFile
{
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
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            throw new CliException($"{path} is not a notebook: it is not JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}).");
        }
        if (root is not JsonObject notebook) throw Bad(path, "its top level is not a JSON object");
        if (notebook["nbformat"] is not JsonValue format || !format.TryGetValue(out int version)) throw Bad(path, "it has no number \"nbformat\"");
        if (version != 4) throw Bad(path, $"its nbformat is {version}, and 4 is the one that is read; open and save it in Jupyter to convert it");
        if (notebook["cells"] is not JsonArray cells) throw Bad(path, "it has no list \"cells\"");
        if (cells.Count == 0) throw Bad(path, "it has no cells");
        for (var i = 0; i < cells.Count; i++) CheckCell(cells[i], $"{path}, cell {i + 1}");
        if (notebook["metadata"] is not (null or JsonObject)) throw Bad(path, "its \"metadata\" is not an object");
        return new Notebook(notebook);
    }

    /// <summary>Writes as Jupyter does: one space a level.</summary>
    internal static void Write(string path, Notebook notebook) => AtomicFile.Write(path, Bytes(notebook));

    internal static byte[] Bytes(Notebook notebook) => JsonText.Bytes(notebook.Json, indent: 1);

    private static void CheckCell(JsonNode? node, string where)
    {
        if (node is not JsonObject cell) throw Bad(where, "the cell is not an object");
        var kind = (cell["cell_type"] as JsonValue)?.ToString();
        if (kind is not ("code" or "markdown" or "raw")) throw Bad(where, $"its cell_type is {kind ?? "missing"} (code, markdown or raw)");
        if (cell["source"] is JsonArray lines && lines.All(line => line is JsonValue value && value.GetValueKind() == JsonValueKind.String)) return;
        if (cell["source"] is JsonValue text && text.GetValueKind() == JsonValueKind.String) return;
        throw Bad(where, "its source is neither a string nor a list of strings");
    }

    private static CliException Bad(string where, string what) => new($"{where} is not a notebook that can be run: {what}.");
}
