using Phala.Chain;
using Phala.Node.Network.Notifications;
using Phala.Node.Network.Peers;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as what a peer says of itself. What is accepted must encode back to itself.</summary>
public sealed class BlockAnnounceHandshakeTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "block-announce-handshake";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [new BlockAnnounceHandshake(PeerRole.Light, new BlockId(default, 7), default).Encode(), new BlockAnnounceHandshake(PeerRole.Full, default, default).Encode()];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [nameof(NotificationError.Malformed), nameof(NotificationError.BadRole)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 1024;

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        NotificationError error = BlockAnnounceHandshake.TryDecode(input, out BlockAnnounceHandshake said);
        if (error == NotificationError.None && !said.Encode().AsSpan().SequenceEqual(input)) throw new InvalidOperationException("An accepted handshake does not encode back to itself.");
        return new FuzzOutcome(input.Length > 1, error == NotificationError.None ? null : error.ToString());
    }
}
