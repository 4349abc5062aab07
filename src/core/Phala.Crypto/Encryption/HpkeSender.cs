namespace Phala.Crypto.Encryption;

/// <summary>The sending side of an HPKE context: seals messages in order to one receiver. Not for concurrent use.</summary>
public sealed class HpkeSender : IDisposable
{
    private readonly HpkeKeys _keys;

    private HpkeSender(HpkeKeys keys) => _keys = keys;

    /// <summary>Secrets shared with the receiver. It ends with this context.</summary>
    public HpkeExporter Exporter => _keys.Exporter;

    /// <summary>The number of the next message, from 0.</summary>
    public ulong Sequence
    {
        get => _keys.Sequence;
        internal set => _keys.Sequence = value;
    }

    /// <summary>Sets up a context in base mode: the receiver learns nothing about who sends.</summary>
    /// <param name="recipient">The receiver's public key, 32 bytes.</param>
    /// <param name="info">What the messages are for; the receiver must know the same bytes.</param>
    /// <param name="ephemeralMaterial">
    /// At least 32 bytes that nobody can guess and that are used for this setup alone: the ephemeral key pair is derived from them (RFC 9180 §7.1.3). Replicas
    /// that take the same bytes make the same context, so what they seal must be the same too: two plaintexts under one key and number would break both.
    /// </param>
    /// <param name="encapsulation">Receives the 32 bytes that the receiver needs.</param>
    /// <param name="sender">The context, or null with an error.</param>
    /// <returns><see cref="HpkeError.None"/>, or <see cref="HpkeError.InvalidPublicKey"/>.</returns>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    public static HpkeError Setup(
        ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> encapsulation, out HpkeSender? sender) =>
        Begin(null, recipient, info, ephemeralMaterial, encapsulation, out sender);

    /// <summary>Sets up a context in auth mode: the receiver knows that the holder of <paramref name="key"/> sends (or the receiver's own key was stolen).</summary>
    /// <param name="key">The sender's own key pair.</param>
    /// <param name="recipient">The receiver's public key, 32 bytes.</param>
    /// <param name="info">What the messages are for; the receiver must know the same bytes.</param>
    /// <param name="ephemeralMaterial">As for <see cref="Setup"/>.</param>
    /// <param name="encapsulation">Receives the 32 bytes that the receiver needs.</param>
    /// <param name="sender">The context, or null with an error.</param>
    /// <returns><see cref="HpkeError.None"/>, or <see cref="HpkeError.InvalidPublicKey"/>.</returns>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    public static HpkeError SetupAuthenticated(
        X25519KeyPair key, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> encapsulation, out HpkeSender? sender)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Begin(key, recipient, info, ephemeralMaterial, encapsulation, out sender);
    }

    /// <summary>Seals the next message.</summary>
    /// <param name="associatedData">Bytes that are bound to the message but not sent with it.</param>
    /// <param name="plaintext">The message.</param>
    /// <param name="ciphertext">Receives 16 bytes more than the message has.</param>
    /// <returns><see cref="HpkeError.None"/>, or <see cref="HpkeError.MessageLimitReached"/>.</returns>
    /// <exception cref="ArgumentException">The ciphertext span has a wrong length.</exception>
    public HpkeError Seal(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext) =>
        _keys.Seal(associatedData, plaintext, ciphertext);

    /// <summary>Zeroes the context's secrets.</summary>
    public void Dispose() => _keys.Dispose();

    private static HpkeError Begin(
        X25519KeyPair? key, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> encapsulation, out HpkeSender? sender)
    {
        sender = null;
        using SecretBytes shared = new(HpkeSuite.HashLength);
        if (!Hpke.TryEncapsulate(key, recipient, ephemeralMaterial, encapsulation, shared.Span)) return HpkeError.InvalidPublicKey;
        sender = new HpkeSender(new HpkeKeys(key is not null, shared.Span, info));
        return HpkeError.None;
    }
}
