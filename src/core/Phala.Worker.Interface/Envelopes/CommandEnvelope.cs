using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>Commands that only members of a cluster can read.</summary>
/// <remarks>
/// <para><b>Concept.</b> HPKE in base mode to the cluster's command key of an epoch. <c>info</c> binds protocol version, chain, cluster, contract and epoch; the associated data
/// binds sender, direction, nonce and expiry, which travel in the open.</para>
/// <para><b>Invariant.</b> A command that opens was sealed for exactly this place, sender, nonce and expiry: copied anywhere else, it does not open.</para>
/// <para><b>Trust.</b> The envelope does not say who sealed it: that the sender sent it, the chain vouches for. That it is executed once, the cluster's memory of nonces.</para>
/// </remarks>
public static class CommandEnvelope
{
    /// <summary>The longest plaintext, padded, in bytes: what a message of the queue takes, less the envelope.</summary>
    public const int LongestBody = 224 * 1024;

    /// <summary>Towards the cluster. The direction back has envelopes of its own.</summary>
    private const byte Direction = 0;

    /// <summary>Seals a command.</summary>
    /// <param name="context">What it is for and who will send it.</param>
    /// <param name="commandKey">The cluster's command key.</param>
    /// <param name="epoch">The key's epoch.</param>
    /// <param name="nonce">Random: what makes it be executed once.</param>
    /// <param name="expiry">In milliseconds since 1970; at most a day after the entry that will carry it.</param>
    /// <param name="body">What it says.</param>
    /// <param name="entropy">At least 32 random bytes, for this command alone.</param>
    /// <param name="command">The command, where there is no error.</param>
    /// <returns><see cref="EnvelopeError.None"/>, <see cref="EnvelopeError.InvalidKey"/> or <see cref="EnvelopeError.TooLong"/>.</returns>
    public static EnvelopeError Seal(
        in CommandContext context,
        in X25519PublicKey commandKey,
        uint epoch,
        in CommandNonce nonce,
        ulong expiry,
        CommandBody body,
        ReadOnlySpan<byte> entropy,
        out SealedCommand? command)
    {
        command = null;
        if (Padding.LengthOf(CommandBody.EncodedLength(body)) > LongestBody) return EnvelopeError.TooLong;
        byte[] info = EnvelopeInfo.Command(context.Genesis, context.Cluster, context.Contract, epoch);
        EnvelopeError error = SealedContent.Seal(commandKey.AsSpan(), info, AssociatedData(context.Sender, nonce, expiry), body, entropy, out byte[] ciphertext);
        if (error == EnvelopeError.None) command = new SealedCommand(epoch, nonce, expiry, Vec.Create<byte>(ciphertext));
        return error;
    }

    /// <summary>Opens a command.</summary>
    /// <param name="context">Where it stands and who sent it.</param>
    /// <param name="commandKey">The cluster's command key of the command's epoch.</param>
    /// <param name="command">The command.</param>
    /// <param name="body">What it says, where there is no error.</param>
    /// <returns><see cref="EnvelopeError.None"/>, or why not. Any bytes give an answer.</returns>
    public static EnvelopeError TryOpen(in CommandContext context, X25519KeyPair commandKey, SealedCommand command, out CommandBody? body)
    {
        body = null;
        if (command.Ciphertext.Length > LongestBody + Hpke.Overhead) return EnvelopeError.TooLong;
        byte[] info = EnvelopeInfo.Command(context.Genesis, context.Cluster, context.Contract, command.Epoch);
        return SealedContent.TryOpen(commandKey, info, AssociatedData(context.Sender, command.Nonce, command.Expiry), command.Ciphertext.AsSpan(), out body);
    }

    private static byte[] AssociatedData(in AccountId sender, in CommandNonce nonce, ulong expiry)
    {
        byte[] bytes = new byte[AccountId.Size + 1 + CommandNonce.Size + sizeof(ulong)];
        ScaleWriter writer = new(bytes.AsSpan());
        writer.WriteSpan(sender.AsSpan());
        writer.WriteByte(Direction);
        writer.WriteSpan(nonce.AsSpan());
        writer.WriteUInt64(expiry);
        return bytes;
    }
}
