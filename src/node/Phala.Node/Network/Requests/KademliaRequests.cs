using Phala.Node.Network.Messages;

namespace Phala.Node.Network.Requests;

/// <summary>Answers questions for other peers: this node knows none that it would send anybody to.</summary>
internal sealed class KademliaRequests : IRequestHandler
{
    /// <inheritdoc/>
    public int MaxRequest => 4096;

    /// <inheritdoc/>
    public RequestRefusal Answer(ReadOnlySpan<byte> request, out byte[] reply)
    {
        reply = [];
        if (KademliaMessage.TryDecode(request, out ulong type) != ProtobufError.None) return RequestRefusal.Malformed;
        if (type != KademliaMessage.FindNode) return RequestRefusal.UnknownMethod;
        reply = KademliaMessage.Encode(type);
        return RequestRefusal.None;
    }
}
