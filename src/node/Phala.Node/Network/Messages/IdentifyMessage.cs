using System.Text;

namespace Phala.Node.Network.Messages;

/// <summary>What a node says of itself (<c>/ipfs/id/1.0.0</c>).</summary>
internal static class IdentifyMessage
{
    private const int KeyField = 1, ListenField = 2, ProtocolField = 3, ObservedField = 4, VersionField = 5, AgentField = 6;

    /// <summary>The message.</summary>
    /// <param name="publicKey">The node's key as libp2p writes it.</param>
    /// <param name="agent">Program and version.</param>
    /// <param name="listening">Where it listens, as binary addresses.</param>
    /// <param name="observed">Where the peer comes from.</param>
    /// <param name="protocols">What it speaks.</param>
    public static byte[] Encode(byte[] publicKey, string agent, IEnumerable<byte[]> listening, byte[] observed, IEnumerable<string> protocols)
    {
        ProtobufWriter writer = new ProtobufWriter()
            .Bytes(VersionField, "/substrate/1.0"u8)
            .Bytes(AgentField, Encoding.UTF8.GetBytes(agent))
            .Bytes(KeyField, publicKey);
        foreach (byte[] address in listening) writer.Bytes(ListenField, address);
        writer.Bytes(ObservedField, observed);
        foreach (string protocol in protocols) writer.Bytes(ProtocolField, Encoding.ASCII.GetBytes(protocol));
        return writer.ToArray();
    }
}
