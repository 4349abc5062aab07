namespace Phala.Node.Network.Messages;

/// <summary>Writes the answer to a light client.</summary>
internal static class LightReply
{
    private const int CallField = 1, ReadField = 2, ProofField = 2;

    /// <summary>The answer's bytes.</summary>
    /// <param name="kind">What was asked.</param>
    /// <param name="proof">The proof; null where the state is not kept.</param>
    public static byte[] Encode(LightRequestKind kind, byte[]? proof)
    {
        ProtobufWriter inner = new();
        if (proof is not null) inner.Bytes(ProofField, proof);
        return new ProtobufWriter().Bytes(kind == LightRequestKind.Call ? CallField : ReadField, inner.Written).ToArray();
    }
}
