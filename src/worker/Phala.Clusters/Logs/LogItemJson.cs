using System.Text.Json;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.Logs;

/// <summary>Items of a log in the JSON that Phala's clients know.</summary>
internal static class LogItemJson
{
    /// <summary>Writes an item with its number.</summary>
    internal static void Write(Utf8JsonWriter json, in LogEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", entry.Sequence);
        switch (entry.Item)
        {
            case LogItem.Line line:
                Write(json, line);
                break;
            case LogItem.Event told:
                Begin(json, "Event", told.BlockNumber, told.Contract);
                json.WriteStartArray("topics");
                foreach (Hash256 topic in told.Topics) json.WriteStringValue(Hex.Format(topic.AsSpan()));
                json.WriteEndArray();
                json.WriteString("payload", Hex.Format(told.Payload.AsSpan()));
                break;
            case LogItem.MessageOutput output:
                json.WriteString("type", "MessageOutput");
                json.WriteNumber("blockNumber", output.BlockNumber);
                json.WriteString("origin", Hex.Format(output.Origin.AsSpan()));
                json.WriteString("contract", Hex.Format(output.Contract.AsSpan()));
                json.WriteString("nonce", Hex.Format(output.Nonce.AsSpan()));
                json.WriteString("output", Hex.Format(output.Output.AsSpan()));
                break;
            case LogItem.QueryIn asked:
                json.WriteString("type", "QueryIn");
                json.WriteString("user", Hex.Format(BitConverter.GetBytes(asked.User)));
                break;
            default:
                json.WriteString("type", "TooLarge");
                break;
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LogItem.Line line)
    {
        Begin(json, "Log", line.BlockNumber, line.Contract);
        json.WriteString("entry", Hex.Format(line.Entry.AsSpan()));
        json.WriteString("execMode", line.Mode switch
        {
            ExecutionMode.Command => "transaction",
            ExecutionMode.Estimate => "estimating",
            _ => "query",
        });
        json.WriteNumber("timestamp", line.Timestamp);
        json.WriteNumber("level", line.Level);
        json.WriteString("message", line.Message);
    }

    private static void Begin(Utf8JsonWriter json, string type, uint blockNumber, in Hash256 contract)
    {
        json.WriteString("type", type);
        json.WriteNumber("blockNumber", blockNumber);
        json.WriteString("contract", Hex.Format(contract.AsSpan()));
    }
}
