using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.ChainSpecs;

/// <summary>What makes a chain this one: its name, its peers and the state it begins with.</summary>
public sealed class ChainSpec
{
    /// <summary>The name that people see.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the chain's folder.</summary>
    public required string Id { get; init; }

    /// <summary>Development, Local, Live, or a name of one's own.</summary>
    public required string ChainType { get; init; }

    /// <summary>Addresses of nodes to begin with.</summary>
    public IReadOnlyList<string> BootNodes { get; init; } = [];

    /// <summary>The name in network protocols of old; null for none.</summary>
    public string? ProtocolId { get; init; }

    /// <summary>What wallets show: prefix of addresses, decimals and symbol of the token.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>The state that the chain begins with.</summary>
    public required StateSnapshot Genesis { get; init; }

    /// <summary>The same with these nodes to begin with; where there are none, with its own.</summary>
    public ChainSpec With(IReadOnlyList<string> bootNodes) => bootNodes.Count == 0 ? this : new ChainSpec
    {
        Name = Name,
        Id = Id,
        ChainType = ChainType,
        BootNodes = bootNodes,
        ProtocolId = ProtocolId,
        Properties = Properties,
        Genesis = Genesis,
    };

    /// <summary>The header of the first block.</summary>
    public Header GenesisHeader => Header.Genesis(Genesis.Root);

    /// <summary>All entries of the first state, as storage takes them.</summary>
    public Genesis ToGenesis()
    {
        List<TrieChange> entries = [];
        TrieCursor cursor = new(Genesis.Main);
        cursor.Seek([]);
        while (cursor.MoveNext()) entries.Add(TrieChange.Set(cursor.Key.ToArray(), cursor.Value));
        return new Genesis(Id, StoredBlock.Create(GenesisHeader, []), StateDelta.Create(TrieDelta.Create([.. entries])), Genesis.Version);
    }
}
