namespace Phala.Node.Network.Messages;

/// <summary>A question of the distributed hash table. This node knows no peers beyond those that are connected, and answers that it knows none.</summary>
internal static class KademliaMessage
{
    /// <summary>Asks for peers near a key.</summary>
    public const ulong FindNode = 4;

    private const int TypeField = 1;

    /// <summary>Reads a question's type.</summary>
    public static ProtobufError TryDecode(ReadOnlySpan<byte> message, out ulong type)
    {
        (type, bool found) = (0, false);
        ProtobufReader reader = new(message);
        while (reader.TryNext())
        {
            if (reader.Field == TypeField) found |= reader.TryNumber(5, out type);
        }

        if (reader.Error != ProtobufError.None) return reader.Error;
        return found ? ProtobufError.None : ProtobufError.MissingField;
    }

    /// <summary>An answer without peers.</summary>
    public static byte[] Encode(ulong type) => new ProtobufWriter().Number(TypeField, type).ToArray();
}
