using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Framework;
using Phala.Runtime.Pallets;
using Phala.Trie.Storage;

namespace Phala.Runtime;

/// <summary>The chain's state transition: which state follows from a state and a block.</summary>
/// <remarks>
/// <para><b>Concept.</b> Pallets are plain objects that say in their constructors what they do with which call. This class puts them together and is what the node asks:
/// to make a block, to check one, to say whether a transaction could be in the next.</para>
/// <para><b>Invariant.</b> The result depends on the arguments alone: no clock, entropy, thread or order of enumeration enters. A call changes state wholly or not at all.</para>
/// <para><b>Trust.</b> Who executed a block believes that its state follows from its parent's by these rules; that its author was entitled to it is for the seal.</para>
/// </remarks>
public sealed class PhalaRuntime
{
    /// <summary>Puts the pallets together, in the order in which they begin and end blocks.</summary>
    /// <param name="lightCode">The code for light clients, for a spec version; null for what follows from the rules, which is what every chain has.</param>
    public PhalaRuntime(Func<uint, byte[]>? lightCode = null)
    {
        LightCode = lightCode ?? (specVersion => Light.LightCode.Build(specVersion, call => Dispatcher!.HandlerOf(call).Least));
        Pallets =
        [
            new SystemPallet(),
            new TimestampPallet(),
            new AuraPallet(),
            new GrandpaPallet(),
            new BalancesPallet(),
            new TransactionPaymentPallet(),
            new SudoPallet(() => Dispatcher!),
            new UtilityPallet(() => Dispatcher!),
            new SessionPallet(),
            new UpgradePallet(LightCode),
            new PhalaMqPallet(PhalaRegistryPallet.OnMessage, PhalaPhatContractsPallet.OnMessage),
            new PhalaRegistryPallet(),
            new PhalaPhatContractsPallet(),
        ];
        Dispatcher = new Dispatcher(Pallets);
    }

    /// <summary>The pallets.</summary>
    public IReadOnlyList<Pallet> Pallets { get; }

    /// <summary>What finds and executes calls.</summary>
    public Dispatcher Dispatcher { get; }

    /// <summary>The code for light clients, for a spec version.</summary>
    public Func<uint, byte[]> LightCode { get; }

    /// <summary>Begins a block of one's own.</summary>
    /// <param name="parentState">The state after the parent.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="slot">The author's slot.</param>
    /// <param name="execution">The block.</param>
    public BlockError TryBegin(StateSnapshot parentState, BlockId parent, ulong slot, [NotNull] out BlockExecution? execution) =>
        BlockExecution.TryBegin(this, parentState, parent, new Digest([AuraSeal.Claim(slot)]), out execution);

    /// <summary>Executes somebody else's block.</summary>
    /// <param name="parentState">The state after the parent.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="header">The header without its seal, which has been verified.</param>
    /// <param name="body">The extrinsics.</param>
    /// <param name="verifyAll">Verifies the signatures of transactions, on as many threads as it likes.</param>
    /// <param name="executed">The block with its state, of no use where there is a fault.</param>
    /// <returns>The fault; <see cref="BlockError.None"/> where the block follows from its parent. Any block gives an answer.</returns>
    public BlockFault Execute(
        StateSnapshot parentState,
        BlockId parent,
        in Header header,
        Vec<OpaqueExtrinsic> body,
        Action<IReadOnlyList<PreparedTransaction>> verifyAll,
        [NotNull] out ExecutedBlock? executed) => BlockCheck.Execute(this, parentState, parent, header, body, verifyAll, out executed);

    /// <summary>Begins a scratch block over a state, whose results nobody keeps: transactions are validated and tried in it.</summary>
    /// <returns>False where the state follows rules that this program does not know.</returns>
    public bool TryBeginScratch(StateSnapshot state, BlockId at, [NotNullWhen(true)] out ScratchBlock? scratch)
    {
        ulong slot = Interface.Aura.CurrentSlot.Get(state.Main) + 1;
        scratch = TryBegin(state, at, slot, out BlockExecution? execution) == BlockError.None ? new ScratchBlock(execution) : null;
        return scratch is not null;
    }
}
