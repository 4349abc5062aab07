using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Node.Keys;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Consensus;

/// <summary>Makes a block in a slot, if the slot is one of this node's authorities'.</summary>
/// <param name="store">The chain.</param>
/// <param name="runtime">The rules.</param>
/// <param name="importer">What adds the block to the chain.</param>
/// <param name="keys">The authorities' keys.</param>
/// <param name="pool">Where transactions wait.</param>
/// <param name="time">The clock.</param>
/// <param name="entropy">Fills a span with random bytes, for signatures.</param>
public sealed class BlockAuthor(
    ChainStore store, PhalaRuntime runtime, BlockImporter importer, AuthorityKeys keys, TransactionPool pool, TimeProvider time, Action<Span<byte>> entropy)
{
    /// <summary>So many transactions in a row that do not fit end the search for one that does.</summary>
    private const int MostThatDoNotFit = 8;

    /// <summary>Makes a block on the best one.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="deadline">When to stop adding transactions.</param>
    public AuthorReport Author(ulong slot, DateTimeOffset deadline)
    {
        ChainHead parent = store.Best;
        if (store.StateAt(parent.Hash, out StateSnapshot? state) != StateLookup.Found) return new AuthorReport(AuthorStatus.NoState);
        Vec<AuraAuthorityId> authorities = Aura.Authorities.Get(state!.Main);
        if (authorities.Length == 0 || !keys.TryGet(authorities[AuraSeal.AuthorOf(slot, authorities.Length)], out Sr25519KeyPair? key)) return new AuthorReport(AuthorStatus.NotOurSlot);

        BlockError error = runtime.TryBegin(state, new BlockId(parent.Hash, parent.Number), slot, out BlockExecution? execution);
        if (error != BlockError.None) return new AuthorReport(AuthorStatus.CannotBegin, error);
        TellTime(execution, state, slot);
        Fill(execution, parent.Hash, deadline);
        error = execution.TryFinish(out ExecutedBlock? block);
        if (error != BlockError.None) return new AuthorReport(AuthorStatus.CannotBegin, error);

        Span<byte> randomness = stackalloc byte[32];
        entropy(randomness);
        Header header = AuraSeal.Seal(block.Header, key!, randomness);
        ImportReport report = importer.ImportOwn(header, block);
        return new AuthorReport(AuthorStatus.Authored, BlockError.None, report, BlockId.Of(header), block.Extrinsics.Length);
    }

    /// <summary>The present time, or as much of it as the slot and the parent's time allow.</summary>
    private void TellTime(BlockExecution execution, StateSnapshot parentState, ulong slot)
    {
        ulong duration = Aura.SlotDuration.Get(parentState.Main), first = slot * duration;
        ulong now = Math.Clamp((ulong)time.GetUtcNow().ToUnixTimeMilliseconds(), first, first + duration - 1);
        now = Math.Max(now, Timestamp.Now.Get(parentState.Main) + 1);
        OpaqueExtrinsic inherent = Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(now))));
        if (!execution.TryPrepare(inherent, out PreparedTransaction? prepared)) throw new InvalidOperationException("The timestamp can't be read.");
        ApplyOutcome outcome = execution.Apply(prepared);
        if (!outcome.IsIncluded) throw new InvalidOperationException($"The timestamp was refused: {outcome.Refusal}.");
    }

    private void Fill(BlockExecution execution, in Hash256 parent, DateTimeOffset deadline)
    {
        int doNotFit = 0;
        ReadyIterator ready = pool.Ready(parent);
        while (time.GetUtcNow() < deadline && doNotFit < MostThatDoNotFit && ready.TryNext(out PoolTransaction? waiting))
        {
            if (!execution.TryPrepare(waiting.Extrinsic, out PreparedTransaction? prepared)) continue;
            pool.TryTrust(prepared);
            ApplyOutcome outcome = execution.Apply(prepared);
            if (outcome.IsIncluded) continue;
            if (outcome.Refusal.IsExhaustsResources) doNotFit++;
            ready.Refuse(outcome.Refusal);
        }
    }
}
