using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Consensus;

/// <summary>Adds blocks to the chain: seal, execution, storage, fork choice, and then whoever listens is told. The steps stand in <see cref="Import"/> in their order.</summary>
/// <remarks>One block at a time. The longest chain is the best, and of equally long ones the first.</remarks>
/// <param name="store">The chain.</param>
/// <param name="runtime">The rules.</param>
/// <param name="feed">Who listens.</param>
/// <param name="time">The clock, for slots that have not come yet.</param>
/// <param name="pool">Where transactions of blocks may have been verified before; null where there is no pool.</param>
public sealed class BlockImporter(ChainStore store, PhalaRuntime runtime, ChainFeed feed, TimeProvider time, TransactionPool? pool = null)
{
    /// <summary>How far the clocks of authors may be ahead of ours.</summary>
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();

    /// <summary>Adds a block that somebody made.</summary>
    /// <param name="header">The header with the seal.</param>
    /// <param name="body">The extrinsics.</param>
    public ImportReport Import(in Header header, Vec<OpaqueExtrinsic> body)
    {
        lock (_gate)
        {
            if (store.TryGetHeader(header.Hash(), out _)) return new ImportReport(ImportStatus.AlreadyKnown);
            if (!store.TryGetNumber(header.ParentHash, out uint parentNumber)) return new ImportReport(ImportStatus.UnknownParent);
            if (store.StateAt(header.ParentHash, out StateSnapshot? parentState) != StateLookup.Found) return new ImportReport(ImportStatus.ParentStatePruned);

            ImportReport report = Verify(header, body, parentState!, parentNumber, out ExecutedBlock? executed);
            return report.Status == ImportStatus.Imported ? Keep(header, executed!) : report;
        }
    }

    /// <summary>Adds a block that this node made and has executed.</summary>
    /// <param name="header">The header with the seal.</param>
    /// <param name="executed">The block.</param>
    public ImportReport ImportOwn(in Header header, ExecutedBlock executed)
    {
        lock (_gate) return Keep(header, executed);
    }

    /// <summary>Does everything that <see cref="Import"/> does with a block but keep it: for one that is in the chain already.</summary>
    /// <param name="header">The header with the seal.</param>
    /// <param name="body">The extrinsics.</param>
    /// <returns><see cref="ImportStatus.Imported"/> where it could have been.</returns>
    public ImportReport Check(in Header header, Vec<OpaqueExtrinsic> body)
    {
        if (!store.TryGetNumber(header.ParentHash, out uint parentNumber)) return new ImportReport(ImportStatus.UnknownParent);
        return store.StateAt(header.ParentHash, out StateSnapshot? parentState) == StateLookup.Found
            ? Verify(header, body, parentState!, parentNumber, out _)
            : new ImportReport(ImportStatus.ParentStatePruned);
    }

    private ImportReport Verify(in Header header, Vec<OpaqueExtrinsic> body, StateSnapshot parentState, uint parentNumber, out ExecutedBlock? executed)
    {
        executed = null;
        AuraError seal = VerifySeal(header, parentState, parentNumber);
        if (seal != AuraError.None) return new ImportReport(ImportStatus.BadSeal, seal);

        Header unsealed = header with { Digest = header.Digest.WithoutLast() };
        BlockFault fault = runtime.Execute(parentState, new BlockId(header.ParentHash, parentNumber), unsealed, body, VerifySignatures, out executed);
        return fault.Error == BlockError.None ? new ImportReport(ImportStatus.Imported) : new ImportReport(ImportStatus.BadBlock, Fault: fault);
    }

    private AuraError VerifySeal(in Header header, StateSnapshot parentState, uint parentNumber)
    {
        ulong duration = Aura.SlotDuration.Get(parentState.Main);
        ulong latest = (ulong)(time.GetUtcNow() + Drift).ToUnixTimeMilliseconds() / duration;
        ulong? parentSlot = parentNumber == 0 ? null : Aura.CurrentSlot.Get(parentState.Main);
        return AuraSeal.Verify(header, new AuraContext(Aura.Authorities.Get(parentState.Main).AsSpan(), parentSlot, latest), out _);
    }

    /// <summary>Signatures are most of a block's cost and do not depend on each other. Those that the pool has verified are not verified again.</summary>
    private void VerifySignatures(IReadOnlyList<PreparedTransaction> transactions)
    {
        if (pool is not null)
        {
            foreach (PreparedTransaction transaction in transactions) pool.TryTrust(transaction);
        }

        SignatureBatches.Verify(transactions);
    }

    private ImportReport Keep(in Header header, ExecutedBlock executed)
    {
        ChainHead before = store.Best;
        bool isBest = header.Number > before.Number;
        StoredBlock block = StoredBlock.Create(header, [.. executed.Extrinsics.ToArray().Select(extrinsic => extrinsic.Body.ToArray())]);
        ImportResult result = store.Import(block, executed.Delta, executed.State, isBest, QueueRecord.Of(block.Hash, header, executed.State));
        if (result.Outcome != ImportOutcome.Imported) return ReportOf(result);

        (List<Hash256> retracted, List<Hash256> enacted) = isBest ? Route(before, new ChainHead(block.Hash, block.Number)) : ([], []);
        feed.Tell(new ChainUpdate.Imported(new BlockId(block.Hash, block.Number), header, executed.Extrinsics, executed.Delta, isBest, retracted, enacted));
        return new ImportReport(ImportStatus.Imported);
    }

    /// <summary>Which blocks leave the best chain and which enter it.</summary>
    private (List<Hash256> Retracted, List<Hash256> Enacted) Route(ChainHead from, ChainHead to)
    {
        List<Hash256> retracted = [], enacted = [];
        while (from.Hash != to.Hash)
        {
            if (to.Number >= from.Number)
            {
                enacted.Add(to.Hash);
                to = ParentOf(to);
            }
            else
            {
                retracted.Add(from.Hash);
                from = ParentOf(from);
            }
        }

        enacted.Reverse();
        return (retracted, enacted);
    }

    private ChainHead ParentOf(ChainHead head) => store.TryGetHeader(head.Hash, out byte[]? encoded)
        ? new ChainHead(Scale.Decode<Header>(encoded).Value.ParentHash, head.Number - 1)
        : throw new InvalidOperationException($"The chain has no header of block {head.Number}.");

    private static ImportReport ReportOf(ImportResult result) => result.Outcome switch
    {
        ImportOutcome.AlreadyKnown => new ImportReport(ImportStatus.AlreadyKnown),
        ImportOutcome.UnknownParent => new ImportReport(ImportStatus.UnknownParent),
        ImportOutcome.BehindFinalized => new ImportReport(ImportStatus.BehindFinalized),
        ImportOutcome.Failed => new ImportReport(ImportStatus.StorageFailed, Failure: result.Failure),
        _ => throw new InvalidOperationException($"An executed block was refused: {result.Outcome}."),
    };
}
