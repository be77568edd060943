namespace ResearchKit.Data;

/// <summary>Tells a file's layout by the columns of its first row.</summary>
public static class ColumnMapRecognition
{
    /// <summary>
    /// The map of the field's known layouts: Alpaca where there is an instruction, ShareGPT where there are
    /// conversations, the last-message layout where there are messages, whole dialogues where chosen and rejected are
    /// all there is and are turns of "\n\nHuman:" and "\n\nAssistant:", and TRL's columns for everything else.
    /// </summary>
    /// <exception cref="DataFormatException">The file cannot be read, or its first row is not a row.</exception>
    public static ColumnMap Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var row = Formats.RowFile.Read(path).FirstOrDefault();
        if (row is null) return ColumnMap.Trl;
        if (row.Fields is null) throw row.Error(row.Problem!);
        if (row.Has(ColumnMap.Alpaca.Instruction)) return ColumnMap.Alpaca;
        if (row.Has(ColumnMap.ShareGpt.Prompt)) return ColumnMap.ShareGpt;
        if (row.Has(ColumnMap.LastMessage.Prompt)) return ColumnMap.LastMessage;
        var dialogues = !row.Has(ColumnMap.Trl.Prompt) && row.Has(ColumnMap.Trl.Chosen)
            && row.Passage(ColumnMap.Trl.Chosen).Text?.Contains("\n\nAssistant:", StringComparison.Ordinal) == true;
        return dialogues ? ColumnMap.Dialogue : ColumnMap.Trl;
    }
}
