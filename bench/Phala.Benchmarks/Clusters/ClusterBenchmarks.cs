using BenchmarkDotNet.Attributes;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Queries;

namespace Phala.Benchmarks.Clusters;

/// <summary>
/// Commands through a cluster, opened, executed, their outcomes sealed, entries of 100 at a time; and queries on a view. Row "pipeline": 100,000 messages with native commands in 15 s of CPU are 150 µs each.
/// </summary>
[MemoryDiagnoser]
public class ClusterBenchmarks
{
    private const int PerEntry = 100;

    private readonly ClusterWorld _world = new ClusterWorld().Begin();
    private readonly ClusterState _before;
    private readonly Message[] _sealed, _unanswered, _plain;
    private readonly ClusterView _view;
    private readonly InkQueryData _query;
    private readonly AccountId _reader;

    public ClusterBenchmarks()
    {
        using X25519KeyPair reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));
        AccountId[] users = [.. Enumerable.Range(0, PerEntry).Select(number => ClusterWorld.Account($"user {number}"))];
        byte[] call = ClusterWorld.Call("store", ClusterWorld.Text("name"), ClusterWorld.Sequence(new byte[64]));
        _before = _world.State;
        _sealed = [.. users.Select(user => _world.Sealed(user, ClusterWorld.Vault, call, reply))];
        _unanswered = [.. users.Select(user => _world.Sealed(user, ClusterWorld.Vault, call))];
        _plain = [.. users.Select(user => ClusterWorld.Plain(user, ClusterWorld.Vault, call))];
        _world.Apply(_plain);
        _view = _world.View();
        _reader = users[5];
        _query = new InkQueryData.InkMessage(Vec.Create<byte>(ClusterWorld.Call("read", _reader.AsSpan().ToArray(), ClusterWorld.Text("name"))), 0, 0, false);
    }

    [Benchmark(OperationsPerInvoke = PerEntry)]
    public EntryResult SealedWithReceipt() => Apply(_sealed);

    [Benchmark(OperationsPerInvoke = PerEntry)]
    public EntryResult SealedWithoutReplyKey() => Apply(_unanswered);

    [Benchmark(OperationsPerInvoke = PerEntry)]
    public EntryResult Plain() => Apply(_plain);

    [Benchmark]
    public QueryRun Query() => _view.Query(ClusterWorld.Vault, _query, _reader, ulong.MaxValue);

    private EntryResult Apply(Message[] messages)
    {
        var entry = _world.Entry(messages);
        return _world.Cluster.Apply(_before, _before.Position.Append(entry.Hash()), entry, messages, _world.Secrets);
    }
}
