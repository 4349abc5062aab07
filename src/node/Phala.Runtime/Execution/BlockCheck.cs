using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Trie.Storage;

namespace Phala.Runtime.Execution;

/// <summary>Whether a block follows from its parent's state: all of it is executed again, and header, digest and roots must come out the same.</summary>
internal static class BlockCheck
{
    /// <summary>Executes a block. The seal is not part of it and has been verified before.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="parentState">The state after the parent.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="header">The header without its seal.</param>
    /// <param name="body">The extrinsics.</param>
    /// <param name="verifyAll">Verifies the signatures of transactions, on as many threads as it likes.</param>
    /// <param name="executed">The block with its state.</param>
    public static BlockFault Execute(
        PhalaRuntime runtime,
        StateSnapshot parentState,
        BlockId parent,
        in Header header,
        Vec<OpaqueExtrinsic> body,
        Action<IReadOnlyList<PreparedTransaction>> verifyAll,
        [NotNull] out ExecutedBlock? executed)
    {
        executed = null!;
        if (header.ParentHash != parent.Hash) return new BlockFault(BlockError.WrongParent);
        if (header.Number != (ulong)parent.Number + 1) return new BlockFault(BlockError.WrongNumber);
        if (ExtrinsicsRoot.Compute(body.AsSpan()) != header.ExtrinsicsRoot) return new BlockFault(BlockError.WrongExtrinsicsRoot);
        Digest preRuntime = new([.. header.Digest.Logs.ToArray().Where(item => item is DigestItem.PreRuntime)]);
        BlockError error = BlockExecution.TryBegin(runtime, parentState, parent, preRuntime, out BlockExecution? execution);
        if (error != BlockError.None) return new BlockFault(error);

        BlockFault fault = ApplyAll(execution, body, verifyAll);
        if (fault.Error != BlockError.None) return fault;
        error = execution.TryFinish(out executed);
        if (error != BlockError.None) return new BlockFault(error);
        if (executed.Header.Digest != header.Digest) return new BlockFault(BlockError.WrongDigest, DigestItem: FirstDifference(executed.Header.Digest, header.Digest));
        return new BlockFault(executed.Header.StateRoot == header.StateRoot ? BlockError.None : BlockError.WrongStateRoot);
    }

    private static int FirstDifference(in Digest made, in Digest claimed)
    {
        int at = 0;
        while (at < made.Logs.Length && at < claimed.Logs.Length && made.Logs[at] == claimed.Logs[at]) at++;
        return at;
    }

    private static BlockFault ApplyAll(BlockExecution execution, Vec<OpaqueExtrinsic> body, Action<IReadOnlyList<PreparedTransaction>> verifyAll)
    {
        PreparedTransaction[] transactions = new PreparedTransaction[body.Length];
        for (int index = 0; index < transactions.Length; index++)
        {
            if (!execution.TryPrepare(body[index], out PreparedTransaction? transaction)) return new BlockFault(BlockError.MalformedExtrinsic, index);
            transactions[index] = transaction;
        }

        verifyAll(transactions);
        bool inherentsAreOver = false;
        for (int index = 0; index < transactions.Length; index++)
        {
            bool isInherent = transactions[index].Handler.IsInherent && !transactions[index].IsSigned;
            if (isInherent && inherentsAreOver) return new BlockFault(BlockError.InherentsNotFirst, index);
            inherentsAreOver |= !isInherent;
            ApplyOutcome outcome = execution.Apply(transactions[index]);
            if (!outcome.IsIncluded) return new BlockFault(BlockError.InvalidExtrinsic, index, outcome.Refusal);
        }

        return default;
    }
}
