using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Phala.Node.Network.Transport;

/// <summary>Makes a WebSocket of a connection that begins with a request for one (RFC 6455, section 4.2). Its messages are then a stream of bytes.</summary>
internal static class WebSocketUpgrade
{
    /// <summary>The longest head of a request.</summary>
    public const int MaxHeadLength = 4096;

    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    /// <summary>Reads the request and answers it.</summary>
    /// <param name="inner">The connection.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The WebSocket's bytes; or why not.</returns>
    public static async ValueTask<(UpgradeError Error, Stream? Stream)> RunAsync(Stream inner, CancellationToken cancellation)
    {
        byte[] head = new byte[MaxHeadLength];
        int length = 0;
        while (head.AsSpan(0, length).IndexOf(HeadEnd) < 0)
        {
            if (length == head.Length) return (UpgradeError.TooLong, null);
            int read = await inner.ReadAsync(head.AsMemory(length), cancellation).ConfigureAwait(false);
            if (read == 0) return (UpgradeError.Ended, null);
            length += read;
        }

        UpgradeError error = TryAnswer(head.AsSpan(0, length), out string answer);
        await inner.WriteAsync(Encoding.ASCII.GetBytes(error == UpgradeError.None ? answer : "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellation).ConfigureAwait(false);
        if (error != UpgradeError.None) return (error, null);

        // The peer is asked by yamux whether it is there.
        WebSocket socket = WebSocket.CreateFromStream(inner, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        return (UpgradeError.None, new WebSocketBytes(socket));
    }

    /// <summary>The answer to a request's head, its empty line included.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol asks for SHA-1; it only shows that the request was understood.")]
    public static UpgradeError TryAnswer(ReadOnlySpan<byte> head, out string answer)
    {
        answer = "";
        int end = head.IndexOf(HeadEnd);
        if (end < 0) return UpgradeError.BadRequest;
        if (end + HeadEnd.Length != head.Length) return UpgradeError.TooLong;
        string[] lines = Encoding.Latin1.GetString(head[..end]).Split("\r\n");
        if (lines[0].Split(' ') is not ["GET", ['/', ..], "HTTP/1.1"]) return UpgradeError.BadRequest;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) return UpgradeError.BadRequest;
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        bool isWanted = Has(headers, "Upgrade", "websocket") && Has(headers, "Connection", "Upgrade") && Has(headers, "Sec-WebSocket-Version", "13");
        if (!isWanted) return UpgradeError.NoWebSocket;
        if (!headers.TryGetValue("Sec-WebSocket-Key", out string? key)) return UpgradeError.BadKey;
        if (!Convert.TryFromBase64String(key, stackalloc byte[KeyBytes], out int length) || length != KeyBytes) return UpgradeError.BadKey;
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
        answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        return UpgradeError.None;
    }

    private static bool Has(Dictionary<string, string> headers, string name, string word) =>
        headers.TryGetValue(name, out string? value) && value.Split(',').Any(each => each.Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
}
