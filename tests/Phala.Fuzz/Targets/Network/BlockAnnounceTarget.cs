using Phala.Chain;
using Phala.Node.Network.Notifications;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as an announcement of a block.</summary>
public sealed class BlockAnnounceTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "block-announce";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [new BlockAnnounce(Header.Genesis(default), IsBest: true).Encode(), [.. new BlockAnnounce(Header.Genesis(default) with { Number = 70_000 }, IsBest: false).Encode()[..^1], 8, 1, 2]];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [nameof(NotificationError.Malformed)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        NotificationError error = BlockAnnounce.TryDecode(input, out BlockAnnounce announce);
        if (error == NotificationError.None && !input.AsSpan().StartsWith(announce.Encode().AsSpan()[..^1])) throw new InvalidOperationException("An accepted announcement is another one when it is written again.");
        return new FuzzOutcome(input.Length > 1, error == NotificationError.None ? null : error.ToString());
    }
}
