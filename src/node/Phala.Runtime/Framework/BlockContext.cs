using Phala.Chain;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Versions;
using Phala.Trie.Storage;

namespace Phala.Runtime.Framework;

/// <summary>The block that is being executed: its state, its place in the chain and what it has collected so far.</summary>
/// <param name="state">The writes over the parent's state.</param>
/// <param name="parent">The parent.</param>
/// <param name="slot">The slot that the author claims.</param>
/// <param name="version">The rules of the block.</param>
public sealed class BlockContext(StateOverlay state, BlockId parent, ulong slot, RuntimeVersion version)
{
    private readonly List<DigestItem> _digest = [];

    /// <summary>The writes over the parent's state: main trie and child tries.</summary>
    public StateOverlay Overlay { get; } = state;

    /// <summary>The main trie as the block has changed it so far.</summary>
    public TrieOverlay State { get; } = state.Main;

    /// <summary>The parent.</summary>
    public BlockId Parent { get; } = parent;

    /// <summary>The block's number.</summary>
    public uint Number { get; } = parent.Number + 1;

    /// <summary>The slot that the author claims.</summary>
    public ulong Slot { get; } = slot;

    /// <summary>The rules of the block.</summary>
    public RuntimeVersion Version { get; } = version;

    /// <summary>What is being done.</summary>
    public BlockPhase Phase { get; set; } = BlockPhase.Initialization;

    /// <summary>The place of the extrinsic that is being applied.</summary>
    public uint ExtrinsicIndex { get; set; }

    /// <summary>Fees that are the author's when the block ends, in units of 10⁻¹² PHA.</summary>
    public UInt128 Fees { get; set; }

    /// <summary>What the block has taken.</summary>
    public BlockMeter Meter { get; } = new();

    /// <summary>Items that execution adds to the digest, in order.</summary>
    public IReadOnlyList<DigestItem> Digest => _digest;

    internal EventLog Events { get; } = new();

    internal MessageLog Messages { get; } = new();

    /// <summary>Tells everybody what happened.</summary>
    public void Deposit<T>(in T deposited)
        where T : IEvent<T> => Events.Add(Phase, ExtrinsicIndex, deposited);

    /// <summary>Tells consensus and light clients something in the header. For what is done at the beginning and end of a block: a call that fails does not take it back.</summary>
    public void DepositDigest(DigestItem item) => _digest.Add(item);

    /// <summary>Begins something that is done wholly or not at all: state, events and messages.</summary>
    internal BlockMark Begin()
    {
        Overlay.Begin();
        return new BlockMark(Events.Mark.Length, Events.Mark.Count, Messages.Count);
    }

    /// <summary>Ends what was begun last.</summary>
    internal void End(BlockMark mark, bool keep)
    {
        if (keep)
        {
            Overlay.Commit();
            return;
        }

        Overlay.Rollback();
        Events.RollBack((mark.EventBytes, mark.Events));
        Messages.RollBack(mark.Messages);
    }
}
