using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.TxPool;

/// <summary>
/// The best block as validation sees it: one scratch block over its state, begun once. Validation only reads from it, so any number of threads may validate at a time.
/// </summary>
internal sealed class PoolView
{
    private readonly ScratchBlock? _scratch;

    public PoolView(PhalaRuntime runtime, BlockId best, StateSnapshot state)
    {
        (Best, State) = (best, state);
        runtime.TryBeginScratch(state, best, out _scratch);
        SpecVersion = FrameSystem.LastRuntimeUpgrade.TryGet(state.Main, out LastRuntimeUpgradeInfo last) ? last.SpecVersion : 0;
    }

    public BlockId Best { get; }

    public StateSnapshot State { get; }

    public uint SpecVersion { get; }

    public uint NonceOf(in AccountId account) => FrameSystem.Account.Get(State.Main, account).Nonce;

    /// <summary>Validates a transaction. This is the dear part of a submission: a signature takes more than all else together.</summary>
    /// <param name="extrinsic">The bytes.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="trusted">Implied data under which the signature of these bytes has been verified before.</param>
    /// <param name="transaction">The transaction.</param>
    public PoolRefusal TryValidate(OpaqueExtrinsic extrinsic, Hash256 hash, ReadOnlyMemory<byte> trusted, [NotNull] out PoolTransaction? transaction)
    {
        transaction = null!;
        if (_scratch is null) return new PoolRefusal(PoolError.InvalidBlock);
        if (extrinsic.Body.Length > BlockLimits.Length.Operational) return PoolRefusal.Of(InvalidTransaction.ExhaustsResources);
        if (!_scratch.TryPrepare(extrinsic, out PreparedTransaction? prepared)) return new PoolRefusal(PoolError.BadFormat);
        if (!trusted.IsEmpty && trusted.Span.SequenceEqual(prepared.Implied.Span)) prepared.TrustSignature();
        if (!_scratch.Validate(prepared).TryGet(out ValidTransaction? valid, out TransactionValidityError error)) return PoolRefusal.Of(error);
        transaction = new PoolTransaction(hash, extrinsic, prepared.Signer, valid, Best.Number, prepared.Implied);
        return default;
    }
}
