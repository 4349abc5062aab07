using Phala.Node.Network.Notifications;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as what a peer says about finality.</summary>
public sealed class GrandpaMessageTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "grandpa-message";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [GrandpaMessage.Encode(new NeighborPacket(1, 2, 3)), [0, .. new byte[150]], [1, 2, 3], GrandpaMessage.Encode(new NeighborPacket(ulong.MaxValue, 0, uint.MaxValue))];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [nameof(NotificationError.Malformed)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 1024;

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        NotificationError error = GrandpaMessage.TryDecode(input, out NeighborPacket? neighbor);
        if (neighbor is { } said && !GrandpaMessage.Encode(said).AsSpan().SequenceEqual(input)) throw new InvalidOperationException("An accepted packet does not encode back to itself.");
        return new FuzzOutcome(input.Length > 1, error == NotificationError.None ? null : error.ToString());
    }
}
