using Phala.Chain;
using Phala.Node.Consensus;

namespace Phala.Node.Blocks;

/// <summary>Imports the blocks of a file, each verified and executed as if a stranger had sent it. A block is in the chain wholly or not at all; known ones are passed over, so that it can be begun again.</summary>
/// <param name="importer">What adds blocks.</param>
/// <param name="justifications">What makes them final.</param>
internal sealed class BlockImport(BlockImporter importer, JustificationImporter justifications)
{
    /// <summary>How many blocks were added.</summary>
    public long Imported { get; private set; }

    /// <summary>How many were known.</summary>
    public long Known { get; private set; }

    /// <summary>How many blocks became final by their own justification.</summary>
    public long Finalized { get; private set; }

    /// <summary>Imports until the file ends or something is wrong.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="progress">Is told after each block.</param>
    /// <param name="stop">Ends it between two blocks.</param>
    /// <returns>What is wrong, in words; null where all was imported.</returns>
    public string? Run(BlockFileReader reader, Action progress, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && reader.TryRead(out SignedBlock block))
        {
            if (Add(block) is { } problem) return FormattableString.Invariant($"block {reader.Count} of the file, #{block.Block.Header.Number} ({block.Block.Header.Hash()}): {problem}");
            progress();
        }

        return reader.Fault?.ToString() ?? (stop.IsCancellationRequested ? "stopped; the same command goes on from here" : null);
    }

    private string? Add(in SignedBlock block)
    {
        ImportReport report = importer.Import(block.Block.Header, block.Block.Extrinsics);
        switch (report.Status)
        {
            case ImportStatus.Imported:
                Imported++;
                break;
            case ImportStatus.AlreadyKnown:
                Known++;
                break;
            case ImportStatus.UnknownParent:
                return $"its parent {block.Block.Header.ParentHash} is not in the chain: the file begins too late, or is another chain's";
            default:
                return report.ToString();
        }

        if (!block.TryGetJustification(EngineId.Grandpa, out Codec.Vec<byte> proof)) return null;
        JustificationReport justified = justifications.Import(block.Block.Header.Hash(), proof.AsSpan());
        if (justified.Status == JustificationStatus.Finalized) Finalized++;
        return justified.IsFinal ? null : justified.ToString();
    }
}
