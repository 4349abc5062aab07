using System.Buffers;
using System.Text.Json;

namespace Phala.Clusters.Logs;

/// <summary>Answers what Phala's clients ask of a cluster's log, in their JSON: actions <c>GetLog</c> and <c>GetInfo</c> of the client protocol §1.15.</summary>
/// <remarks>
/// <b>Invariant.</b> Any bytes give an answer, and nobody is told what <see cref="LogReader"/> does not let them read: it is passed over as what was not asked for. An answer is never longer than <see cref="LongestAnswer"/>; where it would
/// be, <c>next</c> says where to go on.
/// </remarks>
internal static class LogServer
{
    /// <summary>The longest answer in bytes.</summary>
    internal const int LongestAnswer = 1024 * 1024;

    /// <summary>What the end of an answer takes.</summary>
    private const int Reserve = 64;

    private static ReadOnlySpan<byte> InvalidInput => "{\"error\":\"Invalid input\"}"u8;

    /// <summary>Answers a request.</summary>
    internal static byte[] Answer(ReadOnlyMemory<byte> json, LogRing log, LogReader reader) => LogRequest.Read(json) switch
    {
        null => InvalidInput.ToArray(),
        { Action: LogRequest.GetInfo } => TellFigures(log.Figures),
        { } request => TellItems(request, log.From(request.From), reader),
    };

    private static byte[] TellFigures(in LogFigures figures)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteStartArray("programVersion");
        foreach (int number in (ReadOnlySpan<int>)[0, 1, 0]) json.WriteNumberValue(number);
        json.WriteEndArray();
        json.WriteNumber("nextSequence", figures.Next);
        json.WriteNumber("memoryCapacity", figures.Capacity);
        json.WriteNumber("memoryUsage", figures.Size);
        json.WriteNumber("currentNumberOfRecords", figures.Count);
        json.WriteNumber("estimatedCurrentSize", figures.Size);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] TellItems(LogRequest request, IReadOnlyList<LogEntry> entries, LogReader reader)
    {
        ArrayBufferWriter<byte> buffer = new(), one = new();
        using Utf8JsonWriter json = new(buffer), item = new(one);
        ulong next = 0, told = 0;
        json.WriteStartObject();
        json.WriteStartArray("records");
        foreach (LogEntry entry in entries)
        {
            if (request.Count > 0 && told == request.Count) break;
            if (Matches(request, entry.Item) && reader.MayRead(entry.Item))
            {
                one.ResetWrittenCount();
                item.Reset();
                LogItemJson.Write(item, entry);
                item.Flush();
                if (json.BytesCommitted + json.BytesPending + one.WrittenCount > LongestAnswer - Reserve) break;
                json.WriteRawValue(one.WrittenSpan, skipInputValidation: true);
                told++;
            }

            next = entry.Sequence + 1;
        }

        json.WriteEndArray();
        json.WriteNumber("next", next);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static bool Matches(LogRequest request, LogItem item)
    {
        bool isOfNone = item is LogItem.QueryIn or LogItem.TooLarge;
        if (request.BlockNumber is { } block && (isOfNone || item.BlockNumber != block)) return false;
        return request.IsOfAny || item switch
        {
            LogItem.Line line => line.Contract == request.Contract || line.Entry == request.Contract,
            LogItem.Event told => told.Contract == request.Contract,
            LogItem.MessageOutput output => output.Contract == request.Contract,
            _ => false,
        };
    }
}
