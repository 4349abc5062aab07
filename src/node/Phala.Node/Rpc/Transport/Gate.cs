using System.Net;
using Microsoft.AspNetCore.Http;

namespace Phala.Node.Rpc.Transport;

/// <summary>
/// Who may come in, and as whom. A browser runs the pages of strangers beside the operator's: their origin must be allowed, and on a loopback address the request
/// must name this machine as its host, so that no page reaches the node under a name of its own.
/// </summary>
internal sealed class Gate(RpcOptions options)
{
    private readonly bool _isLoopback = IPAddress.IsLoopback(options.Listen.Address);
    private volatile string? _lastGoodHost;

    /// <summary>Why the request is turned away, or null.</summary>
    public string? Refusal(IHeaderDictionary headers)
    {
        if (options.Origins.IsAll) return null;
        if (headers.Origin is [{ } origin, ..] && !options.Origins.Allows(origin)) return "Origin of the request is not whitelisted.\n";
        return _isLoopback && !IsThisMachine(headers.Host.ToString()) ? "Provided Host header is not whitelisted.\n" : null;
    }

    /// <summary>Whether methods for the operator are answered. A proxy on this machine brings the calls of others: its forwarding headers give them away.</summary>
    public bool MayUseUnsafe(IHeaderDictionary headers) => options.Methods switch
    {
        RpcMethodPolicy.Safe => false,
        RpcMethodPolicy.Unsafe => true,
        _ => _isLoopback && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Real-IP"),
    };

    /// <summary>Whether the caller has no rate limit.</summary>
    public bool IsUnlimited(IPAddress remote, IHeaderDictionary headers)
    {
        if (options.UnlimitedNetworks.Count == 0) return false;
        IPAddress address = (options.TrustProxyHeaders ? Forwarded(headers) : null) ?? remote;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return options.UnlimitedNetworks.Any(network => network.Contains(address));
    }

    // The caller's own entry stands first: each proxy adds the one that it hears from.
    private static IPAddress? Forwarded(IHeaderDictionary headers)
    {
        string first = headers["X-Forwarded-For"].ToString().Split(',')[0].Trim();
        if (first.Length == 0) first = headers["X-Real-IP"].ToString().Trim();
        return IPAddress.TryParse(first, out IPAddress? address) ? address : null;
    }

    private bool IsThisMachine(string host)
    {
        if (host == _lastGoodHost) return true;
        string name = new HostString(host).Host.Trim('[', ']');
        bool isGood = name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address));
        if (isGood) _lastGoodHost = host;
        return isGood;
    }
}
