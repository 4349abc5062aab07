using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Worker.Outbox;
using Phala.Worker.Streams;

namespace Phala.Worker.Persistence;

/// <summary>What a worker keeps: all of it public.</summary>
/// <param name="Version">2.</param>
/// <param name="LightClient">The light client's state.</param>
/// <param name="System">The system's channel.</param>
/// <param name="Outbox">Messages that wait for the chain.</param>
/// <param name="Waypoints">Positions of the queue that are known to be right.</param>
[Scale]
internal sealed partial record WorkerSnapshot(byte Version, Vec<byte> LightClient, SystemSnapshot System, Vec<SenderBox> Outbox, Vec<QueueHead> Waypoints)
{
    /// <summary>The version that is written and read.</summary>
    public const byte Current = 2;
}
