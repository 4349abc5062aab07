namespace Phala.Crypto.Encryption;

/// <summary>
/// Hybrid public key encryption (RFC 9180) with one suite: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; modes base and auth. This class seals and opens
/// single messages; <see cref="HpkeSender"/> and <see cref="HpkeReceiver"/> are contexts for several, <see cref="HpkeExporter"/> shares secrets.
/// </summary>
/// <remarks>
/// <para>Concept: an ephemeral key agreement with the receiver's key gives a secret, from which key, nonces and exports are derived together with the suite and
/// <c>info</c>. Invariant: a message opens only with the receiver's key, the same info, associated data and number, and, in auth mode, only if the sender's key
/// sealed it.</para>
/// <para>Trust: who opens a base-mode message believes nothing about its origin; in auth mode, that the sender sealed it, unless the receiver's own key is known
/// to others. There is no forward secrecy for the receiver's key. Entropy is an argument: see the ephemeral material of
/// <see cref="HpkeSender.Setup"/>. Constant time in all secrets.</para>
/// </remarks>
public static class Hpke
{
    /// <summary>The length in bytes of an encapsulation.</summary>
    public const int EncapsulationLength = X25519.KeyLength;

    /// <summary>The number of bytes by which a ciphertext is longer than its plaintext.</summary>
    public const int TagLength = 16;

    /// <summary>The number of bytes by which a single sealed message is longer than its plaintext: encapsulation and tag.</summary>
    public const int Overhead = EncapsulationLength + TagLength;

    /// <summary>Seals one message in base mode.</summary>
    /// <param name="recipient">The receiver's public key, 32 bytes.</param>
    /// <param name="info">What the message is for.</param>
    /// <param name="associatedData">Bytes that are bound to the message but not sent with it.</param>
    /// <param name="plaintext">The message.</param>
    /// <param name="ephemeralMaterial">At least 32 unguessable bytes for this message alone, as <see cref="HpkeSender"/>'s setup explains.</param>
    /// <param name="message">Receives encapsulation ‖ ciphertext: <see cref="Overhead"/> bytes more than the plaintext has.</param>
    /// <returns><see cref="HpkeError.None"/>, or <see cref="HpkeError.InvalidPublicKey"/>.</returns>
    /// <exception cref="ArgumentException">A span has a wrong length.</exception>
    public static HpkeError Seal(
        ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> message)
    {
        RequireMessage(plaintext, message);
        HpkeError error = HpkeSender.Setup(recipient, info, ephemeralMaterial, message[..EncapsulationLength], out HpkeSender? context);
        using (context) return context?.Seal(associatedData, plaintext, message[EncapsulationLength..]) ?? error;
    }

    /// <summary>Seals one message in auth mode.</summary>
    /// <param name="sender">One's own key pair.</param>
    /// <inheritdoc cref="Seal"/>
    /// <param name="recipient"/><param name="info"/><param name="associatedData"/><param name="plaintext"/><param name="ephemeralMaterial"/><param name="message"/>
    public static HpkeError SealAuthenticated(
        X25519KeyPair sender, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext,
        ReadOnlySpan<byte> ephemeralMaterial, Span<byte> message)
    {
        RequireMessage(plaintext, message);
        HpkeError error = HpkeSender.SetupAuthenticated(sender, recipient, info, ephemeralMaterial, message[..EncapsulationLength], out HpkeSender? context);
        using (context) return context?.Seal(associatedData, plaintext, message[EncapsulationLength..]) ?? error;
    }

    /// <summary>Opens one message in base mode.</summary>
    /// <param name="recipient">One's own key pair.</param>
    /// <param name="info">The sender's info.</param>
    /// <param name="associatedData">The bytes that the message was bound to.</param>
    /// <param name="message">Encapsulation ‖ ciphertext.</param>
    /// <param name="plaintext">Receives <see cref="Overhead"/> bytes fewer than the message has (of any length where the message is shorter than that).</param>
    /// <returns><see cref="HpkeError.None"/>, <see cref="HpkeError.Truncated"/>, <see cref="HpkeError.InvalidPublicKey"/> or <see cref="HpkeError.NotAuthentic"/>.</returns>
    /// <exception cref="ArgumentException">The plaintext span has a wrong length.</exception>
    public static HpkeError Open(
        X25519KeyPair recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> message, Span<byte> plaintext)
    {
        if (message.Length < Overhead) return HpkeError.Truncated;
        HpkeError error = HpkeReceiver.Setup(recipient, message[..EncapsulationLength], info, out HpkeReceiver? context);
        using (context) return context?.Open(associatedData, message[EncapsulationLength..], plaintext) ?? error;
    }

    /// <summary>Opens one message in auth mode.</summary>
    /// <param name="sender">The sender's public key, 32 bytes.</param>
    /// <inheritdoc cref="Open"/>
    /// <param name="recipient"/><param name="info"/><param name="associatedData"/><param name="message"/><param name="plaintext"/>
    public static HpkeError OpenAuthenticated(
        X25519KeyPair recipient, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> info, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> message, Span<byte> plaintext)
    {
        if (message.Length < Overhead) return HpkeError.Truncated;
        HpkeError error = HpkeReceiver.SetupAuthenticated(recipient, sender, message[..EncapsulationLength], info, out HpkeReceiver? context);
        using (context) return context?.Open(associatedData, message[EncapsulationLength..], plaintext) ?? error;
    }

    /// <summary>The sender's half of every setup: derives the ephemeral pair, writes its public key and agrees.</summary>
    internal static bool TryEncapsulate(
        X25519KeyPair? sender, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> encapsulation, Span<byte> sharedSecret)
    {
        X25519.RequireKey(recipient, nameof(recipient));
        X25519.RequireKey(encapsulation, nameof(encapsulation));
        using X25519KeyPair ephemeral = X25519KeyPair.Derive(ephemeralMaterial);
        if (!HpkeKem.TryEncapsulate(recipient, sender, ephemeral, sharedSecret)) return false;
        ephemeral.PublicKey.CopyTo(encapsulation);
        return true;
    }

    private static void RequireMessage(ReadOnlySpan<byte> plaintext, Span<byte> message)
    {
        if (message.Length != plaintext.Length + Overhead) throw new ArgumentException("A sealed message is 48 bytes longer than its plaintext.", nameof(message));
    }
}
