using Phala.Codec;
using Phala.Worker.Outbox;
using Phala.Worker.Streams;

namespace Phala.Worker.Persistence;

/// <summary>What a worker keeps: all of it public.</summary>
/// <param name="Version">1.</param>
/// <param name="LightClient">The light client's state.</param>
/// <param name="System">The system's channel.</param>
/// <param name="Outbox">Messages that wait for the chain.</param>
[Scale]
internal sealed partial record WorkerSnapshot(byte Version, Vec<byte> LightClient, SystemSnapshot System, Vec<SenderBox> Outbox)
{
    /// <summary>The version that is written and read.</summary>
    public const byte Current = 1;
}
