using System.Text.Json;

namespace Phala.Node.Rpc;

/// <summary>The node's state as <c>system_health</c> and <c>/health</c> tell it.</summary>
/// <param name="Peers">How many peers are connected.</param>
/// <param name="IsSyncing">The node is behind the chain.</param>
/// <param name="ShouldHavePeers">The chain has peers to expect; false for a development chain.</param>
public readonly record struct RpcHealth(int Peers, bool IsSyncing, bool ShouldHavePeers)
{
    /// <summary>Whether callers are served well: in step with the chain, and not alone where company is due.</summary>
    public bool IsReady => !IsSyncing && (Peers > 0 || !ShouldHavePeers);

    /// <summary>Writes the result of <c>system_health</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("peers"u8, Peers);
        writer.WriteBoolean("isSyncing"u8, IsSyncing);
        writer.WriteBoolean("shouldHavePeers"u8, ShouldHavePeers);
        writer.WriteEndObject();
    }
}
