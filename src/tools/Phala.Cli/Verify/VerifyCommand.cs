using System.CommandLine;
using System.Globalization;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Cli.Chain;
using Phala.Cli.Output;
using Phala.Cli.Receipts;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
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
        System.CommandLine.Option<string?> genesis = Genesis("Without it, exit code 3: what is verified then is that the receipt is one of the chain that the file names.");
        System.CommandLine.Option<bool> json = Json();
        Command command = new("receipt", "Verifies that a final block of a chain proves a receipt. Exit code 2 if it does not.") { file, genesis, json };
        command.SetAction(line =>
        {
            string? problem = TryLoad(line.GetRequiredValue(file), out byte[] bytes);
            if (problem is not null) return Failure.Report(line, problem);
            ReceiptFileError error = ReceiptFile.TryRead(bytes, out ReceiptFile? receipt);
            if (error != ReceiptFileError.None) return Failure.Report(line, $"{line.GetRequiredValue(file).Name} is no receipt: {error}.");
            return Report(line, receipt!, HashText.Read(line, genesis), line.GetValue(json));
        });
        return command;
    }

    private static Command OfEvidence()
    {
        Argument<FileInfo> file = new("file") { Description = "The evidence." };
        System.CommandLine.Option<string?> genesis = Genesis("[default: the one that the file names]");
        System.CommandLine.Option<string?> voters = Hash("--voters", "The hash of the voters that were in office, blake2_256 of Grandpa.Authorities, as you know it. Without it, exit code 3: evidence can't show who they were.");
        System.CommandLine.Option<bool> json = Json();
        Command command = new("evidence", "Verifies that two blocks that cannot belong to one chain are both final. Exit code 2 if that is not shown.") { file, genesis, voters, json };
        command.SetAction(line =>
        {
            string? problem = TryLoad(line.GetRequiredValue(file), out byte[] bytes);
            if (problem is not null) return Failure.Report(line, problem);
            if (!Scale.Decode<Evidence>(bytes).TryGet(out Evidence? evidence)) return Failure.Report(line, $"{line.GetRequiredValue(file).Name} is no evidence.");
            Hash256 inOffice = HashOf(evidence.Lower.Authorities);
            Hash256? known = HashText.Read(line, voters);
            EvidenceError error = evidence.Verify(HashText.Read(line, genesis) ?? evidence.Genesis, null, out EvidenceKind kind);
            if (error == EvidenceError.None && known is { } expected && expected != inOffice) error = EvidenceError.UntrustedSet;
            bool isShown = error == EvidenceError.None;
            string condition = known is null ? $", if these were voters of the chain: set {evidence.Lower.SetId} of {inOffice}, which you must know (--voters)" : "";
            Answer.Print(line.InvocationConfiguration.Output, line.GetValue(json),
            [
                ("verdict", isShown ? $"verified: voters finalized two histories{condition}" : $"refused: {error}"),
                ("kind", isShown ? kind.ToString() : "-"),
                ("genesis", evidence.Genesis.ToString()),
                ("lower", Name(BlockId.Of(evidence.Lower.Finalized.Header))),
                ("higher", Name(BlockId.Of(evidence.Higher.Finalized.Header))),
                ("setOfVoters", evidence.Lower.SetId.ToString(CultureInfo.InvariantCulture)),
                ("voters", inOffice.ToString()),
            ]);
            return Code(isShown, known);
        });
        return command;
    }

    private static int Report(ParseResult line, ReceiptFile file, Hash256? known, bool isJson)
    {
        Hash256 genesis = known ?? file.Genesis.Hash();
        ReceiptVerdict verdict = ReceiptVerifier.Verify(file, genesis, out BlockId block);
        bool isVerified = verdict == ReceiptVerdict.Verified;
        Receipt receipt = file.Receipt;
        string outcome = file.Opened.TryGet(out OpenedOutcome? opened) ? $"{opened.Outcome.Status}, gas {opened.Outcome.Gas}, output {Hex.Format(opened.Outcome.Output.AsSpan())}" : "not opened";
        Answer.Print(line.InvocationConfiguration.Output, isJson,
        [
            ("verdict", isVerified ? $"verified{For(known, genesis)}" : $"refused: {verdict}"),
            ("genesis", genesis.ToString()),
            ("provenBy", isVerified ? Name(block) : "-"),
            ("cluster", file.Cluster.ToString()),
            ("contract", receipt.Contract.ToString()),
            ("message", $"{receipt.Id.Count}/{receipt.Id.Index}"),
            ("status", ReceiptText.Of(receipt.Status)),
            ("outcome", outcome),
        ]);
        return Code(isVerified, known);
    }

    /// <summary>A file names a chain, and anybody can make one of his own: where nobody says which chain it should be, that is left for who reads the verdict.</summary>
    private static string For(Hash256? known, in Hash256 genesis) => known is null ? $" for the chain that begins with {genesis}, which you must know to be the right one (--genesis)" : "";

    private static int Code(bool isVerified, Hash256? known) => !isVerified ? ExitCode.Refused : known is null ? ExitCode.Conditional : ExitCode.Good;

    private static System.CommandLine.Option<string?> Genesis(string fallback) => Hash("--genesis", $"The hash of the chain's first block, as you know it. {fallback}");

    private static System.CommandLine.Option<string?> Hash(string name, string description)
    {
        System.CommandLine.Option<string?> option = new(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !HashText.TryRead(result.Tokens[0].Value, out _)) result.AddError($"{name} is 32 bytes in hexadecimal.");
        });
        return option;
    }

    private static Hash256 HashOf(Vec<GrandpaAuthority> voters)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Scale.Encode<VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>>(voters), hash);
        return new Hash256(hash);
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
