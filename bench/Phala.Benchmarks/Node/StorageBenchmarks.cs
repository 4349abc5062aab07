using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Benchmarks.Node;

/// <summary>
/// Rows "durable commit of a block with 1000 changes" and "start to first block, 1M accounts", on a real disk. An account is a key of 80 bytes and a value of 80, as in <c>System.Account</c>.
/// Reports the memory per account when it starts, and the 99th percentile.
/// </summary>
[MemoryDiagnoser, SimpleJob(RunStrategy.Monitoring, warmupCount: 20, iterationCount: 400)]
public class StorageBenchmarks
{
    private const int Accounts = 1_000_000, Changes = 1000;

    private static readonly StorageOptions Options = new();

    private readonly Random _random = new(1);
    private readonly string _directory = Directory.CreateTempSubdirectory("phala-bench-").FullName;
    private ChainStore? _store;
    private StateSnapshot _state = StateSnapshot.Empty(StateVersion.V1);
    private StateDelta _delta = StateDelta.Empty;
    private StoredBlock? _block;

    [GlobalSetup]
    public void Create()
    {
        TrieChange[] changes = new TrieChange[Accounts];
        for (int index = 0; index < Accounts; index++) changes[index] = Change(index);
        StateDelta delta = StateDelta.Create(TrieDelta.Create(changes));
        _block = Block(default, 0, StateSnapshot.Empty(StateVersion.V1).Apply(delta).Root);
        if (!ChainStore.TryCreate(new DiskFileSystem(), _directory, new Genesis("bench", _block, delta, StateVersion.V1), Options, out ChainStore? store, out StorageFailure? failure)) throw new StorageException(failure);
        store.Maintain();
        store.Dispose();
        (changes, delta) = ([], StateDelta.Empty);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        _store = Open();
        Console.WriteLine($"// memory per account: {(GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Accounts:F0} B");
        _state = _store.StateAt(_block.Hash, out StateSnapshot? state) == StateLookup.Found ? state! : _state;
    }

    [GlobalCleanup]
    public void Remove()
    {
        _store?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [IterationSetup(Target = nameof(Commit))]
    public void Draw()
    {
        _store ??= Open();
        TrieChange[] changes = new TrieChange[Changes];
        for (int index = 0; index < Changes; index++) changes[index] = Change(_random.Next(Accounts));
        _delta = StateDelta.Create(TrieDelta.Create(changes));
        _state = _state.Apply(_delta);
        _block = Block(_block!.Hash, _block.Number + 1, _state.Root);
    }

    [Benchmark]
    public ImportOutcome Commit() => _store!.Import(_block!, _delta, _state, isBest: true).Outcome;

    [IterationSetup(Target = nameof(Start))]
    public void Close()
    {
        _store?.Dispose();
        _store = null;
    }

    /// <summary>From nothing but files to the state of the finalized block.</summary>
    [Benchmark]
    public Hash256 Start()
    {
        _store = Open();
        return _store.Finalized.Hash;
    }

    private ChainStore Open() => ChainStore.TryOpen(new DiskFileSystem(), _directory, null, Options, out ChainStore? store, out StorageFailure? failure) ? store : throw new StorageException(failure);

    private TrieChange Change(int account)
    {
        byte[] key = new byte[80], value = new byte[80];
        BinaryPrimitives.WriteUInt64LittleEndian(key.AsSpan(32), (ulong)(account + 1) * 0x9E3779B97F4A7C15);
        BinaryPrimitives.WriteInt32LittleEndian(key.AsSpan(48), account);
        _random.NextBytes(value.AsSpan(0, 40));
        return TrieChange.Set(key, value);
    }

    private static StoredBlock Block(Hash256 parent, uint number, Hash256 root)
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        writer.WriteSpan(parent.AsSpan());
        writer.WriteCompact(number);
        writer.WriteSpan(root.AsSpan());
        byte[] header = writer.Written.ToArray();
        writer.Dispose();
        return StoredBlock.TryCreate(header, [], out StoredBlock? block) ? block : throw new InvalidOperationException("The header is one.");
    }
}
