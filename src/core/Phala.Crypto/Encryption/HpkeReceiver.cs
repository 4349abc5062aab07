namespace Phala.Crypto.Encryption;

/// <summary>The receiving side of an HPKE context: opens messages in the order in which they were sealed. Not for concurrent use.</summary>
public sealed class HpkeReceiver : IDisposable
{
    private readonly HpkeKeys _keys;

    private HpkeReceiver(HpkeKeys keys) => _keys = keys;

    /// <summary>Secrets shared with the sender. It ends with this context.</summary>
    public HpkeExporter Exporter => _keys.Exporter;

    /// <summary>The number of the next message, from 0.</summary>
    public ulong Sequence
    {
        get => _keys.Sequence;
        internal set => _keys.Sequence = value;
    }

    /// <summary>Sets up a context in base mode: whoever knew the public key may have sent.</summary>
    /// <param name="recipient">One's own key pair.</param>
    /// <param name="encapsulation">The 32 bytes that the sender's setup gave; others are refused.</param>
    /// <param name="info">The sender's info.</param>
    /// <param name="receiver">The context, or null with an error.</param>
    /// <returns><see cref="HpkeError.None"/>, <see cref="HpkeError.Truncated"/> or <see cref="HpkeError.InvalidPublicKey"/>.</returns>
    public static HpkeError Setup(X25519KeyPair recipient, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> info, out HpkeReceiver? receiver) =>
        Begin(recipient, [], encapsulation, info, out receiver);

    /// <summary>Sets up a context in auth mode: what opens was sealed by the holder of the sender's key.</summary>
    /// <param name="recipient">One's own key pair.</param>
    /// <param name="sender">The sender's public key, 32 bytes.</param>
    /// <param name="encapsulation">The 32 bytes that the sender's setup gave; others are refused.</param>
    /// <param name="info">The sender's info.</param>
    /// <param name="receiver">The context, or null with an error.</param>
    /// <returns><see cref="HpkeError.None"/>, <see cref="HpkeError.Truncated"/> or <see cref="HpkeError.InvalidPublicKey"/>.</returns>
    /// <exception cref="ArgumentException">The sender's key is not 32 bytes long.</exception>
    public static HpkeError SetupAuthenticated(
        X25519KeyPair recipient, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> info, out HpkeReceiver? receiver)
    {
        X25519.RequireKey(sender, nameof(sender));
        return Begin(recipient, sender, encapsulation, info, out receiver);
    }

    /// <summary>Opens the next message. A message that does not open leaves the context as it was.</summary>
    /// <param name="associatedData">The bytes that the message was bound to.</param>
    /// <param name="ciphertext">What the sender sealed.</param>
    /// <param name="plaintext">Receives 16 bytes fewer than the ciphertext has (of any length where the ciphertext is shorter than that); zeros with an error.</param>
    /// <returns>
    /// <see cref="HpkeError.None"/>, <see cref="HpkeError.Truncated"/>, <see cref="HpkeError.NotAuthentic"/> or <see cref="HpkeError.MessageLimitReached"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The plaintext span has a wrong length.</exception>
    public HpkeError Open(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext) =>
        _keys.Open(associatedData, ciphertext, plaintext);

    /// <summary>Zeroes the context's secrets.</summary>
    public void Dispose() => _keys.Dispose();

    private static HpkeError Begin(
        X25519KeyPair recipient, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> info, out HpkeReceiver? receiver)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        receiver = null;
        if (encapsulation.Length != Hpke.EncapsulationLength) return HpkeError.Truncated;
        using SecretBytes shared = new(HpkeSuite.HashLength);
        if (!HpkeKem.TryDecapsulate(recipient, sender, encapsulation, shared.Span)) return HpkeError.InvalidPublicKey;
        receiver = new HpkeReceiver(new HpkeKeys(!sender.IsEmpty, shared.Span, info));
        return HpkeError.None;
    }
}
