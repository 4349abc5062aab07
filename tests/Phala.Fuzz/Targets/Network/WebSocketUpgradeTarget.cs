using Phala.Node.Network.Transport;
using Phala.Testing;
using System.Text;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as the head of a request for a WebSocket.</summary>
public sealed class WebSocketUpgradeTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "websocket-upgrade";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. new[]
    {
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        "GET /p2p HTTP/1.1\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\nconnection: upgrade\r\nupgrade: WebSocket\r\n\r\n",
    }.Select(Encoding.ASCII.GetBytes)];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [nameof(UpgradeError.TooLong), nameof(UpgradeError.BadRequest), nameof(UpgradeError.NoWebSocket), nameof(UpgradeError.BadKey)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 32_768 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        UpgradeError error = WebSocketUpgrade.TryAnswer(input, out string answer);
        if (error == UpgradeError.None != (answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) && answer.EndsWith("\r\n\r\n", StringComparison.Ordinal))) throw new InvalidOperationException("An answer that does not fit its verdict.");
        return new FuzzOutcome(input.AsSpan().StartsWith("GET "u8), error == UpgradeError.None ? null : error.ToString());
    }
}
