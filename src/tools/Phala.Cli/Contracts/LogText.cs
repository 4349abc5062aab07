using System.Globalization;
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

    /// <summary>A record in a line, if its text is printed as <see cref="Phala.Terminal.PlainText"/>.</summary>
    public static string Of(ClusterLogRecord record)
    {
        string text = record.Type switch
        {
            "Log" => record.Text("message"),
            "Event" => record.Text("payload"),
            "MessageOutput" => Outcome(record.Bytes("output")),
            "QueryIn" => record.Text("user"),
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{record.BlockNumber?.ToString(CultureInfo.InvariantCulture) ?? "-",-9} {KindOf(record),-7} {text}");
    }

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
            if (!result.Result.TryGet(out ExecReturnValue? value, out DispatchError error)) return "failed: " + ContractErrorName.Of(error);
            return $"{(value.IsReverted ? "reverted" : "returned")} {Hex.Format(value.Data.AsSpan())}";
        }

        return Hex.Format(output);
    }
}
