using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Phala.Node.Network.Framing;

namespace Phala.Node.Network.Addresses;

/// <summary>Where a node can be reached: a host, a TCP port, whether WebSocket is spoken there, and who is to answer.</summary>
/// <remarks><b>Invariant.</b> The text form that is read is the one that is written, letter for letter, except that IPv6 addresses are written in their usual form.</remarks>
internal sealed record Multiaddress
{
    private const int MaxLength = 512, MaxHostLength = 253;
    private const uint Ip4Code = 4, TcpCode = 6, Ip6Code = 41, DnsCode = 53, Dns4Code = 54, Dns6Code = 55, P2pCode = 421, WsCode = 477, WssCode = 478;

    private Multiaddress(string hostKind, string host, ushort port, string? web, PeerId? peer)
    {
        (HostKind, Host, Port, Web, Peer) = (hostKind, host, port, web, peer);
    }

    /// <summary>ip4, ip6, dns, dns4 or dns6.</summary>
    public string HostKind { get; }

    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>The TCP port.</summary>
    public ushort Port { get; }

    /// <summary>ws or wss; null where TCP carries the protocols without WebSocket.</summary>
    public string? Web { get; }

    /// <summary>Who is to answer; null for anybody.</summary>
    public PeerId? Peer { get; }

    /// <summary>The address as sockets know it; null where the host is a name.</summary>
    public IPEndPoint? EndPoint => IPAddress.TryParse(Host, out IPAddress? address) ? new IPEndPoint(address, Port) : null;

    /// <summary>The address of a socket.</summary>
    public static Multiaddress Of(IPEndPoint endPoint, string? web = null, PeerId? peer = null)
    {
        IPAddress address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        return new Multiaddress(address.AddressFamily == AddressFamily.InterNetwork ? "ip4" : "ip6", address.ToString(), (ushort)endPoint.Port, web, peer);
    }

    /// <summary>Reads the text form, such as <c>/ip4/127.0.0.1/tcp/30333/ws/p2p/12D3KooW…</c>.</summary>
    public static MultiaddressError TryParse(string text, [NotNullWhen(true)] out Multiaddress? address)
    {
        address = null;
        string[] parts = text.Split('/');
        if (text.Length > MaxLength || parts.Length < 2 || parts[0].Length > 0) return MultiaddressError.BadForm;
        if (parts.Length < 3 || !IsHost(parts[1], parts[2])) return MultiaddressError.BadHost;
        if (parts.Length < 5 || parts[3] != "tcp" || !ushort.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) return MultiaddressError.BadPort;
        int next = 5;
        string? web = parts.Length > next && parts[next] is "ws" or "wss" ? parts[next++] : null;
        PeerId? peer = null;
        if (parts.Length > next && parts[next] == "p2p")
        {
            if (parts.Length < next + 2 || !PeerId.TryParse(parts[next + 1], out peer)) return MultiaddressError.BadPeer;
            next += 2;
        }

        if (parts.Length > next) return MultiaddressError.Unsupported;
        address = new Multiaddress(parts[1], parts[2], port, web, peer);
        return MultiaddressError.None;
    }

    /// <summary>The same with who is to answer.</summary>
    public Multiaddress With(PeerId peer) => new(HostKind, Host, Port, Web, peer);

    /// <summary>The binary form, as it goes over the wire.</summary>
    public byte[] ToBytes()
    {
        List<byte> bytes = [];
        Append(bytes, HostKind switch { "ip4" => Ip4Code, "ip6" => Ip6Code, "dns" => DnsCode, "dns4" => Dns4Code, _ => Dns6Code });
        if (EndPoint is { } endPoint) bytes.AddRange(endPoint.Address.GetAddressBytes());
        else AppendSized(bytes, Encoding.ASCII.GetBytes(Host));
        Append(bytes, TcpCode);
        bytes.AddRange([(byte)(Port >> 8), (byte)Port]);
        if (Web is not null) Append(bytes, Web == "ws" ? WsCode : WssCode);
        if (Peer is not { } peer) return [.. bytes];
        Append(bytes, P2pCode);
        AppendSized(bytes, peer.ToBytes());
        return [.. bytes];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"/{HostKind}/{Host}/tcp/{Port}{(Web is null ? "" : $"/{Web}")}{(Peer is { } peer ? $"/p2p/{peer}" : "")}");

    private static bool IsHost(string kind, string host) => kind switch
    {
        "ip4" => IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == host,
        "ip6" => IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId == 0,
        "dns" or "dns4" or "dns6" => host.Length is > 0 and <= MaxHostLength && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_') && !IPAddress.TryParse(host, out _),
        _ => false,
    };

    private static void Append(List<byte> bytes, ulong code)
    {
        Span<byte> varint = stackalloc byte[Varint.MaxLength];
        bytes.AddRange(varint[..Varint.Write(code, varint)]);
    }

    private static void AppendSized(List<byte> bytes, byte[] value)
    {
        Append(bytes, (ulong)value.Length);
        bytes.AddRange(value);
    }
}
