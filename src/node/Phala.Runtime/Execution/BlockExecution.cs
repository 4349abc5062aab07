using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Versions;
using Phala.Runtime.Pallets;
using Phala.Trie.Storage;

namespace Phala.Runtime.Execution;

/// <summary>A block in the making, or being checked: begun over its parent's state, given transactions one by one, and finished.</summary>
public sealed class BlockExecution
{
    private readonly PhalaRuntime _runtime;
    private readonly StateSnapshot _parentState;
    private readonly Digest _preRuntime;
    private readonly BlockContext _block;
    private readonly TransactionReader _reader;
    private readonly TransactionExecutor _executor;
    private readonly List<OpaqueExtrinsic> _applied = [];
    private bool _inherentsAreOver;

    private BlockExecution(PhalaRuntime runtime, StateSnapshot parentState, BlockContext block, Digest preRuntime)
    {
        (_runtime, _parentState, _block, _preRuntime) = (runtime, parentState, block, preRuntime);
        foreach (Pallet pallet in runtime.Pallets)
        {
            if (pallet.Initialize is { } initialize) block.Meter.Register(initialize(block), DispatchClass.Mandatory);
        }

        block.Phase = BlockPhase.ApplyExtrinsic;
        _reader = new TransactionReader(runtime.Dispatcher, block);
        _executor = new TransactionExecutor(runtime.Dispatcher, block);
    }

    /// <summary>How many extrinsics the block has so far.</summary>
    public int Count => _applied.Count;

    /// <summary>The weight that the block has taken so far.</summary>
    public PerDispatchClass<Weight> UsedWeight => _block.Meter.Used;

    /// <summary>The time in milliseconds that the block has told; the parent's before that.</summary>
    public ulong Time => Timestamp.Now.Get(_block.State);

    internal BlockContext Context => _block;

    /// <summary>Begins a block.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="parentState">The state after the parent.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="preRuntime">What the author says before execution: one slot.</param>
    /// <param name="execution">The block.</param>
    internal static BlockError TryBegin(PhalaRuntime runtime, StateSnapshot parentState, BlockId parent, Digest preRuntime, [NotNull] out BlockExecution? execution)
    {
        execution = null!;
        if (AuraSeal.ReadSlot(preRuntime, out ulong slot) != AuraError.None || preRuntime.Logs.Length != 1) return BlockError.BadPreRuntime;
        StateOverlay overlay = new(parentState);
        if (parent.Number > 0 && slot <= Aura.CurrentSlot.Get(overlay.Main)) return BlockError.SlotNotAfterParent;
        uint spec = UpgradePallet.SpecVersion(overlay.Main);
        if (spec is < PhalaVersion.OldestSpec or > PhalaVersion.LatestSpec) return BlockError.UnknownVersion;
        execution = new BlockExecution(runtime, parentState, new BlockContext(overlay, parent, slot, PhalaVersion.Of(spec)), preRuntime);
        return BlockError.None;
    }

    /// <summary>Reads a transaction for this block. Its signature may be verified on another thread before it is applied.</summary>
    /// <returns>False where the bytes are none.</returns>
    public bool TryPrepare(OpaqueExtrinsic extrinsic, [NotNullWhen(true)] out PreparedTransaction? transaction) => _reader.TryRead(extrinsic, out transaction);

    /// <summary>Applies a transaction. One that is refused has changed nothing.</summary>
    public ApplyOutcome Apply(PreparedTransaction transaction)
    {
        bool isInherent = transaction.Handler.IsInherent && !transaction.IsSigned;
        if (isInherent && _inherentsAreOver) return ApplyOutcome.Refused(Interface.Transactions.InvalidTransaction.BadMandatory);
        _block.ExtrinsicIndex = (uint)_applied.Count;
        ApplyOutcome outcome = _executor.Apply(transaction);
        if (!outcome.IsIncluded) return outcome;
        _inherentsAreOver |= !isInherent;
        _applied.Add(transaction.Opaque);
        return outcome;
    }

    /// <summary>Finishes the block. Nothing may be applied afterwards.</summary>
    public BlockError TryFinish([NotNull] out ExecutedBlock? block)
    {
        block = null!;
        if (!Timestamp.DidUpdate.Get(_block.State)) return BlockError.MissingTimestamp;
        _block.Phase = BlockPhase.Finalization;
        foreach (Pallet pallet in _runtime.Pallets) pallet.FinalizeBlock?.Invoke(_block);

        Digest digest = new([.. _preRuntime.Logs.AsSpan(), .. _block.Digest]);
        FrameSystem.Digest.Set(_block.State, digest);
        FrameSystem.ExtrinsicCount.Set(_block.State, (uint)_applied.Count);
        _block.Events.Store(_block.State);

        StateDelta delta = _block.Overlay.ToDelta();
        StateSnapshot state = _parentState.Apply(delta);
        Vec<OpaqueExtrinsic> body = [.. _applied];
        Header header = new(_block.Parent.Hash, _block.Number, state.Root, ExtrinsicsRoot.Compute(body.AsSpan()), digest);
        block = new ExecutedBlock(header, body, delta, state);
        return BlockError.None;
    }

    internal TransactionValidity Validate(PreparedTransaction transaction) => new TransactionValidator(_executor, _block).Validate(transaction);
}
