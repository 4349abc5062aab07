using System.CommandLine;
using System.Globalization;
using Phala.Chain;
using Phala.Cli.Chain;
using Phala.Cli.Output;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Clusters;
using Phala.Terminal.Keys;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;

namespace Phala.Cli.Verify;

/// <summary><c>phala verify</c>: checks what somebody shows, without a connection.</summary>
internal static class VerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("verify", "Verifies receipts and evidence, without a connection.") { OfReceipt(), OfEvidence() };

    private static Command OfReceipt()
    {
        Argument<FileInfo> file = new("file") { Description = "The receipt." };
        System.CommandLine.Option<string?> genesis = Genesis("[default: the one that the file names, which is then printed]");
        System.CommandLine.Option<bool> json = Json();
        Command command = new("receipt", "Verifies that a final block of a chain proves a receipt. Exit code 2 if it does not.") { file, genesis, json };
        command.SetAction(line =>
        {
            string? problem = TryLoad(line.GetRequiredValue(file), out byte[] bytes);
            if (problem is not null) return Failure.Report(line, problem);
            ReceiptFileError error = ReceiptFile.TryRead(bytes, out ReceiptFile? receipt);
            if (error != ReceiptFileError.None) return Failure.Report(line, $"{line.GetRequiredValue(file).Name} is no receipt: {error}.");
            Hash256 trusted = line.GetValue(genesis) is { } text && HashText.TryRead(text, out Hash256 hash) ? hash : receipt!.Genesis.Hash();
            return Report(line, receipt!, trusted, line.GetValue(json));
        });
        return command;
    }

    private static Command OfEvidence()
    {
        Argument<FileInfo> file = new("file") { Description = "The evidence." };
        System.CommandLine.Option<string?> genesis = Genesis("[default: the one that the file names]");
        System.CommandLine.Option<bool> json = Json();
        Command command = new("evidence", "Verifies that two blocks that cannot belong to one chain are both final. Exit code 2 if that is not shown.") { file, genesis, json };
        command.SetAction(line =>
        {
            string? problem = TryLoad(line.GetRequiredValue(file), out byte[] bytes);
            if (problem is not null) return Failure.Report(line, problem);
            if (!Scale.Decode<Evidence>(bytes).TryGet(out Evidence? evidence)) return Failure.Report(line, $"{line.GetRequiredValue(file).Name} is no evidence.");
            Hash256 trusted = line.GetValue(genesis) is { } text && HashText.TryRead(text, out Hash256 hash) ? hash : evidence.Genesis;
            EvidenceError error = evidence.Verify(trusted, null, out EvidenceKind kind);
            Answer.Print(line.InvocationConfiguration.Output, line.GetValue(json),
            [
                ("verdict", error == EvidenceError.None ? "verified: the chain's voters finalized two histories" : error.ToString()),
                ("kind", error == EvidenceError.None ? kind.ToString() : "-"),
                ("genesis", evidence.Genesis.ToString()),
                ("lower", Name(BlockId.Of(evidence.Lower.Finalized.Header))),
                ("higher", Name(BlockId.Of(evidence.Higher.Finalized.Header))),
                ("setOfVoters", evidence.Lower.SetId.ToString(CultureInfo.InvariantCulture)),
            ]);
            return error == EvidenceError.None ? ExitCode.Good : ExitCode.Refused;
        });
        return command;
    }

    private static int Report(ParseResult line, ReceiptFile file, Hash256 genesis, bool isJson)
    {
        ReceiptVerdict verdict = ReceiptVerifier.Verify(file, genesis, out BlockId block);
        bool isVerified = verdict == ReceiptVerdict.Verified;
        Receipt receipt = file.Receipt;
        string outcome = file.Opened.TryGet(out OpenedOutcome? opened) ? $"{opened.Outcome.Status}, gas {opened.Outcome.Gas}, output {Hex.Format(opened.Outcome.Output.AsSpan())}" : "not opened";
        Answer.Print(line.InvocationConfiguration.Output, isJson,
        [
            ("verdict", isVerified ? "verified" : $"refused: {verdict}"),
            ("genesis", genesis.ToString()),
            ("provenBy", isVerified ? Name(block) : "-"),
            ("cluster", file.Cluster.ToString()),
            ("contract", receipt.Contract.ToString()),
            ("message", $"{receipt.Id.Count}/{receipt.Id.Index}"),
            ("status", receipt.Status is ReceiptStatus.NotExecuted reason ? $"not executed: {reason.Reason}" : "executed"),
            ("outcome", outcome),
        ]);
        return isVerified ? ExitCode.Good : ExitCode.Refused;
    }

    private static System.CommandLine.Option<string?> Genesis(string fallback)
    {
        System.CommandLine.Option<string?> option = new("--genesis") { Description = $"The hash of the chain's first block, as you know it. {fallback}" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !HashText.TryRead(result.Tokens[0].Value, out _)) result.AddError("--genesis is 32 bytes in hexadecimal.");
        });
        return option;
    }

    private static System.CommandLine.Option<bool> Json() => new("--json") { Description = "Print JSON." };

    private static string Name(BlockId block) => string.Create(CultureInfo.InvariantCulture, $"block {block.Number} {block.Hash}");

    private static string? TryLoad(FileInfo file, out byte[] bytes)
    {
        bytes = [];
        try
        {
            if (file.Length > ReceiptFile.LongestFile) return $"{file.Name} is too long.";
            bytes = File.ReadAllBytes(file.FullName);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{file.FullName} can't be read: {exception.Message}";
        }
    }
}
