using Phala.Codec;
using Phala.Node.Network.Peers;
using Phala.Trie;

namespace Phala.Node.Network.Protocols;

/// <summary>What is spoken here, by name. Names of a chain's protocols begin with the hash of its first block, so that chains don't meet.</summary>
internal sealed class ProtocolTable
{
    private readonly Dictionary<string, IProtocol> _protocols;

    /// <summary>A table.</summary>
    public ProtocolTable(IEnumerable<IProtocol> protocols) => _protocols = protocols.ToDictionary(protocol => protocol.Name, StringComparer.Ordinal);

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => _protocols.Keys;

    /// <summary>The name of a protocol of a chain.</summary>
    /// <param name="genesis">The hash of the chain's first block.</param>
    /// <param name="name">The rest, such as <c>sync/2</c>.</param>
    public static string NameOf(in Hash256 genesis, string name) => $"/{Hex.Format(genesis.AsSpan())[2..]}/{name}";

    /// <summary>Whether it is spoken.</summary>
    public bool Contains(string name) => _protocols.ContainsKey(name);

    /// <summary>Who speaks it.</summary>
    public IProtocol this[string name] => _protocols[name];
}
