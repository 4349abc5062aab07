using System.Net;
using System.Net.Sockets;

namespace Phala.Node.Network.Transport;

/// <summary>How many connections there may be: in all, and from one address. Of IPv6 the first half is an address: the second is free to choose.</summary>
internal sealed class Admission(int maxConnections, int maxPerAddress)
{
    private const int NetworkBytes = 8;
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, int> _byAddress = [];
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Lets a connection in, if there is room.</summary>
    public bool TryEnter(IPAddress address)
    {
        UInt128 key = KeyOf(address);
        lock (_gate)
        {
            int present = _byAddress.GetValueOrDefault(key);
            if (_count >= maxConnections || present >= maxPerAddress) return false;
            _byAddress[key] = present + 1;
            _count++;
            return true;
        }
    }

    /// <summary>A connection that was let in has ended.</summary>
    public void Leave(IPAddress address)
    {
        UInt128 key = KeyOf(address);
        lock (_gate)
        {
            _count--;
            if (--_byAddress[key] == 0) _byAddress.Remove(key);
        }
    }

    private static UInt128 KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork) bytes[^1] = 1;
        else bytes[NetworkBytes..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
