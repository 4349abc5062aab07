using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Testing.Chain;
using Phala.Tests.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Consensus;

/// <summary>A chain with its importer, author and finalizer, on a file system in memory; the test decides on slots and time.</summary>
internal sealed class ConsensusNode : IDisposable
{
    /// <summary>The first slot of which the clock knows, and a slot's length in milliseconds.</summary>
    public const ulong Slot = 1000, Duration = 3000;

    public ConsensusNode(GenesisConfig config, StorageOptions? options = null, params ReadOnlySpan<Actor> withKeys)
    {
        Runtime = new PhalaRuntime(TestChain.LightCode);
        Assert.Equal(GenesisError.None, GenesisBuilder.TryBuild(config, TestChain.LightCode, out StateSnapshot? state));
        List<TrieChange> changes = [];
        TrieCursor cursor = new(state.Main);
        while (cursor.MoveNext()) changes.Add(TrieChange.Set(cursor.Key.ToArray(), cursor.Value));
        Genesis genesis = new("test", StoredBlock.Create(Header.Genesis(state.Root), []), StateDelta.Create(TrieDelta.Create([.. changes])), StateVersion.V1);
        Store = Storages.Create(new MemoryFileSystem(), genesis, options ?? new StorageOptions { MaintainInBackground = false });
        foreach (Actor actor in withKeys)
        {
            Keys.Add(DevAccounts.Open(actor.Name));
            Keys.Add(Ed25519KeyPair.FromSeed(actor.Account.AsSpan()));
        }

        Importer = new BlockImporter(Store, Runtime, Feed, Time);
        Finalizer = new LocalFinalizer(Store, Keys, Feed);
        Pool = new TransactionPool(Runtime, new BlockId(Store.GenesisHash, 0), state, new PoolOptions(), Time);
        Blocks = new BlockAuthor(Store, Runtime, Importer, Keys, Pool, Time, static span => span.Clear());
        SetSlot(Slot);
    }

    public ChainStore Store { get; }

    public PhalaRuntime Runtime { get; }

    public ChainFeed Feed { get; } = new();

    public AuthorityKeys Keys { get; } = new();

    public FixedTime Time { get; } = new();

    public BlockImporter Importer { get; }

    public LocalFinalizer Finalizer { get; }

    public TransactionPool Pool { get; }

    public BlockAuthor Blocks { get; }

    /// <summary>The state after the best block.</summary>
    public StateSnapshot State => StateOf(Store.Best.Hash);

    /// <summary>Sets the clock to a slot's beginning.</summary>
    public void SetSlot(ulong slot) => Time.Now = DateTimeOffset.FromUnixTimeMilliseconds((long)(slot * Duration));

    public StateSnapshot StateOf(Hash256 block)
    {
        Assert.Equal(StateLookup.Found, Store.StateAt(block, out StateSnapshot? state));
        return state!;
    }

    public Header HeaderOf(Hash256 block)
    {
        Assert.True(Store.TryGetHeader(block, out byte[]? header));
        return Scale.Decode<Header>(header).Value;
    }

    /// <summary>A block on the best one, or another, with its seal; it is not in the chain yet.</summary>
    public (Header Header, OpaqueExtrinsic[] Body) Make(ulong slot, ReadOnlySpan<OpaqueExtrinsic> transactions, Hash256? on = null)
    {
        Hash256 parent = on ?? Store.Best.Hash;
        Assert.True(Store.TryGetNumber(parent, out uint number));
        Assert.Equal(BlockError.None, Runtime.TryBegin(StateOf(parent), new BlockId(parent, number), slot, out BlockExecution? execution));
        foreach (OpaqueExtrinsic extrinsic in (OpaqueExtrinsic[])[Inherent(slot * Duration), .. transactions])
        {
            Assert.True(execution.TryPrepare(extrinsic, out PreparedTransaction? prepared));
            ApplyOutcome outcome = execution.Apply(prepared);
            Assert.True(outcome.IsIncluded, outcome.IsIncluded ? "" : outcome.Refusal.ToString());
        }

        Assert.Equal(BlockError.None, execution.TryFinish(out ExecutedBlock? block));
        return (Seal(block.Header), block.Extrinsics.ToArray());
    }

    /// <summary>Adds a block to the chain.</summary>
    public Hash256 Extend(ulong slot, params ReadOnlySpan<OpaqueExtrinsic> transactions)
    {
        (Header header, OpaqueExtrinsic[] body) = Make(slot, transactions);
        ImportReport report = Importer.Import(header, [.. body]);
        Assert.True(report.Status == ImportStatus.Imported, report.ToString());
        return header.Hash();
    }

    /// <summary>Seals a header as the authority whose slot it is, or as another.</summary>
    public Header Seal(Header header, Actor? by = null)
    {
        if (by is null)
        {
            Vec<AuraAuthorityId> authorities = Aura.Authorities.Get(StateOf(Store.TryGetNumber(header.ParentHash, out _) ? header.ParentHash : Store.Best.Hash).Main);
            AuraSeal.ReadSlot(header.Digest, out ulong slot);
            AuraAuthorityId author = authorities[AuraSeal.AuthorOf(slot, authorities.Length)];
            by = Actor.All.Single(actor => TestChain.KeysOf(actor).Aura == author);
        }

        return AuraSeal.Seal(header, by.Keys, new byte[32]);
    }

    /// <summary>A transaction for the block after the best one.</summary>
    public OpaqueExtrinsic Sign<T>(Actor actor, in T call, uint? nonce = null, ulong tip = 0)
        where T : ICall<T>
    {
        MerkleTrie main = State.Main;
        ImpliedData implied = new(FrameSystem.LastRuntimeUpgrade.Get(main).SpecVersion, PhalaVersion.Transaction, Store.GenesisHash, Store.GenesisHash);
        return actor.Sign(RuntimeCall.Of(call), new TransactionExtensions(Era.Immortal, nonce ?? FrameSystem.Account.Get(main, actor.Account).Nonce, tip), implied);
    }

    /// <summary>The inherent that tells the time.</summary>
    public static OpaqueExtrinsic Inherent(ulong milliseconds) => Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(milliseconds))));

    public void Dispose()
    {
        Store.Dispose();
        Keys.Dispose();
    }
}
