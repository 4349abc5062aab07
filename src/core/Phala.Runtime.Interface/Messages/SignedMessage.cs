using Phala.Codec;
using Phala.Codec.Codecs;

namespace Phala.Runtime.Interface.Messages;

/// <summary>A message from outside the chain.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sequence">Its place among the sender's messages: 0, 1, 2, …</param>
/// <param name="Signature">The sender's sr25519 signature over <see cref="SigningBytes"/>, in the context <c>substrate</c>: 64 bytes.</param>
[Scale("phala_types::messaging::SignedMessage")]
public sealed partial record SignedMessage(Message Message, ulong Sequence, Vec<byte> Signature)
{
    /// <summary>What the transaction with a sender's message provides in a pool: <c>SCALE("PhalaMqOffchainMessages", sender, sequence)</c>. Two with the same are one.</summary>
    public static Vec<byte> PoolTag(MessageOrigin sender, ulong sequence) => Vec.Create<byte>(
        Scale.Encode<Tuple3Codec<StringCodec, string, MessageOrigin, MessageOrigin, U64Codec, ulong>, (string, MessageOrigin, ulong)>(("PhalaMqOffchainMessages", sender, sequence)));

    /// <summary>What a sender signs: <c>SCALE(message) ‖ sequence</c>.</summary>
    public static byte[] SigningBytes(Message message, ulong sequence)
    {
        ScaleWriter writer = ScaleWriter.Pooled(Message.EncodedLength(message) + sizeof(ulong));
        try
        {
            Message.Encode(ref writer, message);
            writer.WriteUInt64(sequence);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
