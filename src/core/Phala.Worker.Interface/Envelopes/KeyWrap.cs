using Phala.Crypto;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Keys;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>A cluster's secrets for one session of one member: HPKE in base mode to the session's encryption key.</summary>
/// <remarks><b>Trust.</b> Who opens a wrap knows that it was made for this session as the chain recorded it. That the gatekeeper made it, the chain vouches for, which checked its signature.</remarks>
public static class KeyWrap
{
    /// <summary>The length of a wrap in bytes.</summary>
    public const int Length = ClusterSecrets.EncodedLength + Hpke.Overhead;

    /// <summary>Wraps secrets.</summary>
    /// <param name="context">What they are for. The epoch must be theirs.</param>
    /// <param name="sessionKey">The session's encryption key.</param>
    /// <param name="secrets">The secrets.</param>
    /// <param name="entropy">At least 32 random bytes, for this wrap alone.</param>
    /// <param name="wrapped">Receives <see cref="Length"/> bytes.</param>
    /// <returns><see cref="EnvelopeError.None"/> or <see cref="EnvelopeError.InvalidKey"/>.</returns>
    /// <exception cref="ArgumentException">The epochs differ, or a span has a wrong length.</exception>
    public static EnvelopeError Seal(in KeyWrapContext context, in X25519PublicKey sessionKey, ClusterSecrets secrets, ReadOnlySpan<byte> entropy, Span<byte> wrapped)
    {
        if (secrets.Epoch != context.Epoch) throw new ArgumentException("The secrets are another epoch's.", nameof(secrets));
        using SecretBytes plaintext = new(ClusterSecrets.EncodedLength);
        secrets.Write(plaintext.Span);
        return SealedContent.Translate(Hpke.Seal(sessionKey.AsSpan(), EnvelopeInfo.KeyWrap(context), [], plaintext.Span, entropy, wrapped));
    }

    /// <summary>Unwraps secrets.</summary>
    /// <param name="context">The session as the chain recorded it, and what the secrets should be of.</param>
    /// <param name="sessionKey">The session's encryption key.</param>
    /// <param name="wrapped">The wrap.</param>
    /// <param name="secrets">The secrets, where there is no error.</param>
    /// <returns><see cref="EnvelopeError.None"/>, or why not. Any bytes give an answer.</returns>
    public static EnvelopeError TryOpen(in KeyWrapContext context, X25519KeyPair sessionKey, ReadOnlySpan<byte> wrapped, out ClusterSecrets? secrets)
    {
        secrets = null;
        if (wrapped.Length < Length) return EnvelopeError.Truncated;
        if (wrapped.Length > Length) return EnvelopeError.TooLong;
        using SecretBytes plaintext = new(ClusterSecrets.EncodedLength);
        EnvelopeError error = SealedContent.Translate(Hpke.Open(sessionKey, EnvelopeInfo.KeyWrap(context), [], wrapped, plaintext.Span));
        if (error != EnvelopeError.None) return error;
        ClusterSecrets read = ClusterSecrets.Read(plaintext.Span);
        if (read.Epoch == context.Epoch)
        {
            secrets = read;
            return EnvelopeError.None;
        }

        read.Dispose();
        return EnvelopeError.Malformed;
    }
}
