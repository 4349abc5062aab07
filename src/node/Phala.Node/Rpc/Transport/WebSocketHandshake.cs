using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Phala.Node.Rpc.Transport;

/// <summary>The opening handshake of RFC 6455, section 4.2.</summary>
internal static class WebSocketHandshake
{
    /// <summary>The only version that there is.</summary>
    public const string Version = "13";

    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Whether the request wants a WebSocket.</summary>
    public static bool IsWanted(IHeaderDictionary headers) => headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the client speaks our version.</summary>
    public static bool HasVersion(IHeaderDictionary headers) => headers.SecWebSocketVersion.ToString() == Version;

    /// <summary>The answer to the client's key; false if it is none.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol asks for SHA-1; it only shows that the request was understood.")]
    public static bool TryAccept(IHeaderDictionary headers, out string accept)
    {
        accept = "";
        string key = headers.SecWebSocketKey.ToString();
        if (!Convert.TryFromBase64String(key, stackalloc byte[KeyBytes], out int length) || length != KeyBytes) return false;
        accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
        return true;
    }
}
