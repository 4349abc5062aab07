using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Worker.Interface.Receipts;

/// <summary>Outcomes that only the sender of a command can read: HPKE in base mode to the reply key that the command carried.</summary>
/// <remarks>
/// <b>Invariant.</b> The ephemeral key follows from the cluster's root secret and the command's place in the queue, so that all members seal the same bytes. There is one outcome to a
/// command, so that no key seals two plaintexts.
/// </remarks>
public static class ReceiptEnvelope
{
    /// <summary>Seals an outcome.</summary>
    /// <param name="context">What it is bound to.</param>
    /// <param name="replyKey">The command's reply key.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="material">What the ephemeral key is made of: <see cref="ClusterSecrets.DeriveReceiptEphemeral"/>.</param>
    /// <param name="envelope">Encapsulation ‖ ciphertext ‖ tag, where there is no error.</param>
    /// <returns><see cref="EnvelopeError.None"/> or <see cref="EnvelopeError.InvalidKey"/>.</returns>
    public static EnvelopeError Seal(in ReceiptContext context, in X25519PublicKey replyKey, SealedOutcome outcome, ReadOnlySpan<byte> material, out Vec<byte> envelope)
    {
        EnvelopeError error = SealedContent.Seal(replyKey.AsSpan(), Info(context), [], outcome, material, out byte[] bytes);
        envelope = error == EnvelopeError.None ? Vec.Create<byte>(bytes) : default;
        return error;
    }

    /// <summary>Opens the outcome of a receipt, and compares it with the receipt's commitment.</summary>
    /// <param name="context">What it should be bound to.</param>
    /// <param name="replyKey">The command's reply key.</param>
    /// <param name="receipt">The receipt.</param>
    /// <param name="outcome">The outcome, where there is no error. Whether the receipt is the cluster's is for others to say.</param>
    /// <returns><see cref="EnvelopeError.None"/>, or why not: <see cref="EnvelopeError.Malformed"/> where the outcome is not the one that the receipt commits to. Any bytes give an answer.</returns>
    public static EnvelopeError TryOpen(in ReceiptContext context, X25519KeyPair replyKey, Receipt receipt, out SealedOutcome? outcome)
    {
        EnvelopeError error = SealedContent.TryOpen(replyKey, Info(context), [], receipt.Sealed.AsSpan(), out outcome);
        if (error != EnvelopeError.None || outcome is not SealedOutcome.Whole whole || whole.Outcome.Commitment(whole.Blinder) == receipt.Commitment) return error;
        outcome = null;
        return EnvelopeError.Malformed;
    }

    private static byte[] Info(in ReceiptContext context) => EnvelopeInfo.Receipt(context.Genesis, context.Cluster, context.Contract, context.Message);
}
