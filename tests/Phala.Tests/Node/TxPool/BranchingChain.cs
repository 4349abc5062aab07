using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Tests.Node.TxPool;

/// <summary>A chain in memory with forks, and a pool that is told of its best block.</summary>
internal sealed class BranchingChain
{
    private readonly Dictionary<Hash256, (PoolBlock Block, Hash256 Parent, StateSnapshot State)> _blocks = [];
    private ulong _slot;

    public BranchingChain(PoolOptions? options = null, TimeProvider? time = null)
    {
        TestChain chain = TestChain.Create();
        Runtime = chain.Runtime;
        Best = Genesis = chain.Best;
        _blocks.Add(Best.Hash, (new PoolBlock(Best, default), default, chain.State));
        Pool = new TransactionPool(Runtime, Best, chain.State, options ?? new PoolOptions(), time ?? TimeProvider.System);
    }

    public PhalaRuntime Runtime { get; }

    public TransactionPool Pool { get; }

    public BlockId Genesis { get; }

    public BlockId Best { get; private set; }

    public StateSnapshot State => _blocks[Best.Hash].State;

    /// <summary>The hashes of the best chain's transactions, with the block of each.</summary>
    public Dictionary<Hash256, BlockId> Included
    {
        get
        {
            Dictionary<Hash256, BlockId> included = [];
            for (Hash256 at = Best.Hash; at != Genesis.Hash; at = _blocks[at].Parent)
            {
                foreach (OpaqueExtrinsic extrinsic in _blocks[at].Block.Extrinsics) included.TryAdd(extrinsic.Hash(), _blocks[at].Block.Id);
            }

            return included;
        }
    }

    public BlockId ParentOf(BlockId block) => _blocks[_blocks[block.Hash].Parent].Block.Id;

    public StateSnapshot StateOf(BlockId block) => _blocks[block.Hash].State;

    public uint NonceOf(Actor actor) => FrameSystem.Account.Get(State.Main, actor.Account).Nonce;

    /// <summary>A transfer of a little money, signed for any block after genesis.</summary>
    public OpaqueExtrinsic Transfer(Actor from, uint nonce, ulong tip = 0, Era era = default, BlockId? at = null) =>
        Sign(from, new Balances.TransferKeepAlive(Actor.Ferdie.Address, 5), nonce, tip, era, at);

    public OpaqueExtrinsic Sign<T>(Actor from, in T call, uint nonce, ulong tip = 0, Era era = default, BlockId? at = null)
        where T : ICall<T>
    {
        Hash256 eraBlock = era.IsImmortal ? Genesis.Hash : (at ?? Best).Hash;
        ImpliedData implied = new(PhalaVersion.OldestSpec, PhalaVersion.Transaction, Genesis.Hash, eraBlock);
        return from.Sign(RuntimeCall.Of(call), new TransactionExtensions(era, nonce, tip), implied);
    }

    /// <summary>Makes a block of those of the transactions that it takes, and nobody's best one yet.</summary>
    public BlockId Build(BlockId parent, params IReadOnlyList<OpaqueExtrinsic> transactions)
    {
        StateSnapshot state = _blocks[parent.Hash].State;
        _slot++;
        Require(Runtime.TryBegin(state, parent, _slot, out BlockExecution? execution) == BlockError.None);
        OpaqueExtrinsic time = Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(_slot * Aura.SlotDuration.Get(state.Main)))));
        foreach (OpaqueExtrinsic transaction in (IEnumerable<OpaqueExtrinsic>)[time, .. transactions])
        {
            Require(execution.TryPrepare(transaction, out PreparedTransaction? prepared));
            execution.Apply(prepared!);
        }

        Require(execution.TryFinish(out ExecutedBlock? block) == BlockError.None);
        BlockId id = BlockId.Of(block.Header);
        _blocks.Add(id.Hash, (new PoolBlock(id, block.Extrinsics), parent.Hash, block.State));
        return id;
    }

    /// <summary>Makes a block of what the pool has, on the best one, and makes it the best.</summary>
    public BlockId Author(int most = int.MaxValue)
    {
        List<OpaqueExtrinsic> transactions = [];
        ReadyIterator ready = Pool.Ready();
        while (transactions.Count < most && ready.TryNext(out PoolTransaction? transaction)) transactions.Add(transaction.Extrinsic);
        BlockId block = Build(Best, transactions);
        Adopt(block);
        return block;
    }

    /// <summary>Makes a block the best one and tells the pool.</summary>
    public void Adopt(BlockId best)
    {
        List<PoolBlock> retracted = [], enacted = [];
        BlockId left = Best, right = best;
        while (left != right)
        {
            if (left.Number >= right.Number)
            {
                retracted.Add(_blocks[left.Hash].Block);
                left = ParentOf(left);
            }
            else
            {
                enacted.Insert(0, _blocks[right.Hash].Block);
                right = ParentOf(right);
            }
        }

        Best = best;
        Pool.SetBest(best, State, retracted, enacted);
    }

    private static void Require(bool holds)
    {
        if (!holds) throw new InvalidOperationException("The block could not be made.");
    }
}
