using System.CommandLine;
using System.Globalization;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Consensus;
using Phala.Node.Host;
using Phala.Node.Storage;
using Phala.Runtime;
using Phala.Terminal.Keys;
using Phala.Trie;

namespace Phala.Node.Blocks;

/// <summary><c>phala-node check-block</c></summary>
internal static class CheckBlockCommand
{
    public static Command Create()
    {
        ChainOptions chain = new();
        Argument<string> block = new("block") { Description = "The block's number, or its hash in hexadecimal." };
        Command command = new("check-block", "Verifies the seal of a block that is in the chain, executes it again and compares the result. Exit code 1 where anything differs.") { block };
        chain.AddTo(command);
        command.SetAction(line =>
        {
            PhalaRuntime runtime = new();
            if (!ChainOptions.TryOpen(chain.Read(line), runtime, out ChainStore? store, out string? problem)) return Failure.Report(line, $"error: {problem}");
            using (store)
            {
                try
                {
                    problem = Check(line, store, runtime, line.GetRequiredValue(block));
                }
                catch (StorageException wrong)
                {
                    problem = wrong.Failure.ToString();
                }
            }

            return problem is null ? 0 : Failure.Report(line, $"error: {problem}");
        });
        return command;
    }

    private static string? Check(ParseResult line, ChainStore store, PhalaRuntime runtime, string text)
    {
        if (TryFind(store, text, out Hash256 hash) is { } problem) return problem;
        if (!store.TryGetHeader(hash, out byte[]? encoded)) return $"the chain has no block {hash}.";
        Header header = Scale.Decode<Header>(encoded).Value;
        if (header.Number == 0) return "block 0 is what the chain begins with; 'phala-node inspect spec' checks it.";
        if (!store.TryGetBody(hash, out byte[][]? body) || body is null) return $"the extrinsics of block #{header.Number} were pruned.";
        BlockImporter importer = new(store, runtime, new ChainFeed(), TimeProvider.System);
        ImportReport report = importer.Check(header, [.. body.Select(each => new OpaqueExtrinsic(Vec.Create<byte>(each)))]);
        switch (report.Status)
        {
            case ImportStatus.Imported:
                line.InvocationConfiguration.Output.WriteLine($"Block #{header.Number} ({hash}) is good: {body.Length} extrinsics lead to the state root {header.StateRoot}.");
                return null;
            case ImportStatus.ParentStatePruned:
                return $"the state before block #{header.Number} was pruned: only an archive (--pruning archive) can check it.";
            default:
                return $"block #{header.Number} ({hash}): {report}.";
        }
    }

    private static string? TryFind(ChainStore store, string text, out Hash256 hash)
    {
        hash = default;
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return store.TryGetHash(number, out hash) ? null : $"the chain has no block {number}; its best is #{store.Best.Number}.";
        }

        if (!Hex.TryParse(text, out byte[] bytes) || bytes.Length != Hash256.Size) return $"'{text}' is neither a block's number nor a hash of 32 bytes in hexadecimal.";
        hash = new Hash256(bytes);
        return null;
    }
}
