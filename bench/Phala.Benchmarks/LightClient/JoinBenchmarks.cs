using BenchmarkDotNet.Attributes;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;

namespace Phala.Benchmarks.LightClient;

/// <summary>Joining a long chain: verified, not executed.</summary>
[MemoryDiagnoser]
public class JoinBenchmarks
{
    private JoinChain? _chain;

    [GlobalSetup]
    public void Setup()
    {
        byte[] payload = new byte[200];
        _chain = new JoinChain(Channel.System, (index, _) =>
        {
            payload[index % payload.Length]++;
            return [new Message(new MessageOrigin.Pallet([.. "PhalaRegistry"u8]), Topics.SystemEvent, [.. payload])];
        });
    }

    [Benchmark]
    public ulong Join() => _chain!.Join(static _ => { });
}
