using System.CommandLine;
using System.Globalization;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Runtime.Interface.Clusters;
using Phala.Terminal;
using Phala.Terminal.Keys;

namespace Phala.Cli.Receipts;

/// <summary><c>phala receipt</c>: what became of commands, proven by the chain.</summary>
internal static class ReceiptCommand
{
    private const int LongestWait = 60 * 60;

    private static readonly string[] Columns = ["message", "contract", "status", "commitment", "provenInBlock"];

    /// <summary>The command.</summary>
    public static Command Create() => new("receipt", "What became of commands: receipts, each proven by a final block.") { Get(), Follow() };

    private static Command Get()
    {
        ClusterSelection selection = new();
        Argument<string> message = new("message") { Description = "The command's place in the queue, as it was printed when it was sent: ENTRY/INDEX." };
        Option<FileInfo?> file = new("--output", "-o") { Description = "A file for the receipt with its proof, which 'phala verify receipt' reads." };
        Option<int> timeout = new("--timeout") { Description = "How long to wait for it, in seconds.", DefaultValueFactory = _ => 30 };
        Command command = new("get", "Fetches a command's receipt and verifies it. Its outcome stays sealed: only who sent the command can open it.") { message, file, timeout };
        timeout.Within(1, LongestWait);
        selection.AddTo(command);
        command.SetAction(async (line, stop) =>
        {
            if (!TryReadPlace(line.GetRequiredValue(message), out ulong count, out uint index)) return Failure.Report(line, "A command's place is ENTRY/INDEX, such as 12/0.");
            if (OutputFile.TryOpen(line.GetValue(file), out OutputFile? target) is { } problem) return Failure.Report(line, problem);
            using OutputFile output = target!;
            ClusterOptions options = new() { ReceiptTimeout = TimeSpan.FromSeconds(line.GetValue(timeout)) };
            return await selection.WithClusterAsync(line, options, async cluster =>
            {
                VerifiedReceipt receipt = (await cluster.ReceiptAsync(count, index, stop).ConfigureAwait(false)).Require();
                await output.WriteAsync(receipt.File.ToBytes(), stop).ConfigureAwait(false);
                Answer.Print(line.InvocationConfiguration.Output, selection.IsJson(line), [.. Columns.Zip(Row(receipt)), ("gasAtMost", GasText(receipt.Receipt)), ("sealedBytes", Number(receipt.Receipt.Sealed.Length))]);
                return ExitCode.Good;
            }, stop).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Follow()
    {
        ClusterSelection selection = new();
        Option<uint?> from = new("--from-block") { Description = "The first block to look at. [default: the next that becomes final]" };
        Command command = new("follow", "Prints receipts as they come, each verified, until Ctrl-C. With --json a line each.") { from };
        selection.AddTo(command);
        command.SetAction((line, stop) => selection.WithClusterAsync(line, new ClusterOptions(), async cluster =>
        {
            await foreach (ClientResult<VerifiedReceipt> next in cluster.ReceiptsAsync(line.GetValue(from), stop).ConfigureAwait(false))
            {
                Answer.PrintLine(line.InvocationConfiguration.Output, selection.IsJson(line), Columns, Row(next.Require()));
            }

            return ExitCode.Good;
        }, stop));
        return command;
    }

    private static string[] Row(VerifiedReceipt receipt) =>
    [
        $"{Number((long)receipt.Receipt.Id.Count)}/{Number(receipt.Receipt.Id.Index)}",
        receipt.Receipt.Contract.ToString(),
        ReceiptText.Of(receipt.Receipt.Status),
        receipt.Receipt.Commitment.ToString(),
        Number(receipt.Block.Number),
    ];

    private static string GasText(Receipt receipt) => receipt.GasBucket < 64 ? Number((long)Math.Min(1UL << receipt.GasBucket, long.MaxValue)) : "-";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool TryReadPlace(string text, out ulong count, out uint index)
    {
        string[] parts = text.Split('/');
        index = 0;
        return ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && (parts.Length == 1 || (parts.Length == 2 && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)));
    }
}
