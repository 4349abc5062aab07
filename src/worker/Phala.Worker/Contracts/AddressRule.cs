using System.Net;
using System.Net.Sockets;

namespace Phala.Worker.Contracts;

/// <summary>Which addresses contracts may reach: those of the public internet, and none of the machine, its neighbours or whoever hosts it.</summary>
/// <remarks>
/// <b>Invariant.</b> An address is allowed because it is global unicast, not because nobody has listed it: of version 6 only 2000::/3 counts, without what carries an address of version 4 within.
/// Source: IANA's registries of special-purpose addresses (RFC 6890), and the two addresses outside of them at which hosts of machines serve their metadata.
/// </remarks>
internal static class AddressRule
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Refused =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // shared by customers of a provider
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("168.63.129.16/32"), // a host's services for its machines
        IPNetwork.Parse("169.254.0.0/16"), // link-local, with the usual address of metadata
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments, with another address of metadata
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarking
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and broadcast
        IPNetwork.Parse("2001::/23"), // protocol assignments: Teredo, benchmarking, identifiers that are no addresses
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    /// <summary>Whether contracts may reach an address.</summary>
    /// <param name="address">The address that a connection would go to.</param>
    /// <param name="allowLoopback">Whether the machine itself is open: for development.</param>
    public static bool IsAllowed(IPAddress address, bool allowLoopback)
    {
        // A network of version 4 also contains its addresses as they are mapped into version 6.
        if (address.IsIPv4MappedToIPv6) return false;
        if (Loopback.Any(network => network.Contains(address))) return allowLoopback;
        return IsPublic(address) && !IsOfThisMachine(address);
    }

    /// <summary>Whether an address that is not mapped from version 4 is of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Global6.Contains(address)) return false;
        return !Refused.Any(network => network.Contains(address));
    }

    /// <summary>Whether a public address is the machine's own: what it serves to its operator alone may listen there. Nothing is sent to find out.</summary>
    public static bool IsOfThisMachine(IPAddress address)
    {
        try
        {
            using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address, 9);
            return socket.LocalEndPoint is IPEndPoint own && own.Address.Equals(address);
        }
        catch (SocketException)
        {
            // No way leads there, so it is not here.
            return false;
        }
    }
}
