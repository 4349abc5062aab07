using System.Globalization;
using System.Text;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Contracts;

/// <summary>Records of a log as people read them.</summary>
internal static class LogText
{
    private const int Selector = 4;

    /// <summary>The names of levels, the gravest first: that of level 1.</summary>
    public static string[] Levels { get; } = ["error", "warn", "info", "debug", "trace"];

    /// <summary>A record in a line.</summary>
    public static string Of(ClusterLogRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{record.BlockNumber?.ToString(CultureInfo.InvariantCulture) ?? "-",-9} {KindOf(record),-7} {Shown(record.Type switch
        {
            "Log" => record.Text("message"),
            "Event" => record.Text("payload"),
            "MessageOutput" => Outcome(record.Bytes("output")),
            "QueryIn" => record.Text("user"),
            _ => "",
        })}");

    private static string KindOf(ClusterLogRecord record) => record.Type switch
    {
        "Log" => record.Level is >= 1 and <= 5 ? Levels[record.Level.Value - 1] : "log",
        "Event" => "event",
        "MessageOutput" => "output",
        "QueryIn" => "query",
        "TooLarge" => "toolong",
        _ => "?",
    };

    /// <summary>What came of a command. After it stands the selector, which is shorter where the message was.</summary>
    private static string Outcome(ReadOnlySpan<byte> output)
    {
        for (int rest = Selector; rest >= 0; rest -= Selector)
        {
            if (output.Length < rest || !Scale.Decode<ContractExecResult>(output[..^rest]).TryGet(out ContractExecResult? result)) continue;
            if (!result.Result.TryGet(out ExecReturnValue? value, out DispatchError error)) return "failed: " + DispatchErrorName.Of(error);
            return $"{(value.IsReverted ? "reverted" : "returned")} {Hex.Format(value.Data.AsSpan())}";
        }

        return Hex.Format(output);
    }

    /// <summary>A contract's text does nothing to the terminal of who reads it.</summary>
    private static string Shown(string text)
    {
        StringBuilder shown = new(text.Length);
        foreach (char letter in text)
        {
            if (char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else shown.Append(letter);
        }

        return shown.ToString();
    }
}
