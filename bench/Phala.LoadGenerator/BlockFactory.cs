using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.LoadGenerator;

/// <summary>Makes blocks of any transactions as fast as it can, on a chain of its own in a directory.</summary>
internal sealed class BlockFactory : IDisposable
{
    private readonly Sr25519KeyPair _author = DevAccounts.Open("Alice");
    private readonly AuthorityKeys _keys = new();
    private readonly BlockImporter _importer;
    private readonly LocalFinalizer _finalizer;
    private ulong _slot;

    public BlockFactory(string directory, GenesisConfig genesis, PhalaRuntime runtime, ulong firstSlot)
    {
        (Runtime, _slot) = (runtime, firstSlot);
        Store = Create(directory, genesis, runtime);
        _keys.Add("//Alice");
        ChainFeed feed = new();
        _importer = new BlockImporter(Store, runtime, feed, TimeProvider.System);
        _finalizer = new LocalFinalizer(Store, _keys, feed);
    }

    public PhalaRuntime Runtime { get; }

    public ChainStore Store { get; }

    /// <summary>Where a chain lives below the directory that a node is given.</summary>
    public static ChainStore Create(string directory, GenesisConfig config, PhalaRuntime runtime)
    {
        ChainSpec spec = BuiltInChain.Spec("dev", config, runtime.LightCode);
        string folder = Path.Combine(directory, "chains", spec.Id, "db");
        Directory.CreateDirectory(folder);
        Genesis genesis = new(spec.Id, StoredBlock.Create(Header.Genesis(spec.Genesis.Root), []), Entries(spec.Genesis), StateVersion.V1);
        return ChainStore.TryCreate(new DiskFileSystem(), folder, genesis, new StorageOptions(), out ChainStore? store, out StorageFailure? failure) ? store : throw new InvalidOperationException($"{failure.Error}");
    }

    /// <summary>Makes the next block of as many transactions as it has room for.</summary>
    /// <returns>The block, and how many transactions it took.</returns>
    public (Header Header, Vec<OpaqueExtrinsic> Body, int Taken) Make(ReadOnlySpan<OpaqueExtrinsic> transactions)
    {
        ChainHead best = Store.Best;
        if (Store.StateAt(best.Hash, out StateSnapshot? state) != StateLookup.Found) throw new InvalidOperationException("The best block has no state.");
        Require(Runtime.TryBegin(state!, new BlockId(best.Hash, best.Number), _slot, out BlockExecution? execution));
        Apply(execution, Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(_slot++ * Aura.SlotDuration.Get(state!.Main))))));
        int taken = 0;
        while (taken < transactions.Length && Apply(execution, transactions[taken])) taken++;
        Require(execution.TryFinish(out ExecutedBlock? block));
        Header header = AuraSeal.Seal(block.Header, _author, new byte[32]);
        ImportReport report = _importer.ImportOwn(header, block);
        return report.Status == ImportStatus.Imported ? (header, block.Extrinsics, taken) : throw new InvalidOperationException($"{report}");
    }

    /// <summary>Makes all blocks final.</summary>
    public void FinalizeBest()
    {
        FinalizerStatus status = _finalizer.FinalizeBest();
        if (status != FinalizerStatus.Finalized) throw new InvalidOperationException($"{status}");
    }

    public void Dispose()
    {
        Store.Dispose();
        _keys.Dispose();
        _author.Dispose();
    }

    private static bool Apply(BlockExecution execution, OpaqueExtrinsic extrinsic)
    {
        if (!execution.TryPrepare(extrinsic, out PreparedTransaction? prepared)) throw new InvalidOperationException("These bytes are no transaction.");
        prepared.TrustSignature();
        ApplyOutcome outcome = execution.Apply(prepared);
        return outcome.IsIncluded || (outcome.Refusal.IsExhaustsResources ? false : throw new InvalidOperationException($"{outcome.Refusal}"));
    }

    private static void Require(BlockError error)
    {
        if (error != BlockError.None) throw new InvalidOperationException($"No block: {error}.");
    }

    private static StateDelta Entries(StateSnapshot state)
    {
        List<TrieChange> changes = [];
        TrieCursor cursor = new(state.Main);
        while (cursor.MoveNext()) changes.Add(TrieChange.Set(cursor.Key.ToArray(), cursor.Value));
        return StateDelta.Create(TrieDelta.Create([.. changes]));
    }
}
