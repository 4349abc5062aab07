using System.Diagnostics.CodeAnalysis;

namespace Phala.Crypto.Encryption;

/// <summary>
/// Secrets that sender and receiver of an HPKE context share (RFC 9180 §5.3): of an encrypting context, or of one set up to export only.
/// </summary>
public sealed class HpkeExporter : IDisposable
{
    /// <summary>The most bytes that one export gives: 255 blocks of the hash.</summary>
    public const int MaximumLength = 255 * HpkeSuite.HashLength;

    private readonly SecretBytes _secret;
    private readonly ushort _aead;

    internal HpkeExporter(ushort aead, SecretBytes secret) => (_aead, _secret) = (aead, secret);

    /// <summary>Sets up the sender's side of an export-only context, in base mode.</summary>
    /// <inheritdoc cref="HpkeSender.Setup"/>
    public static HpkeError SetupSender(
        ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> encapsulation, out HpkeExporter? exporter) =>
        SetupSender(null, recipient, info, ephemeralMaterial, encapsulation, out exporter);

    /// <summary>Sets up the sender's side of an export-only context, in auth mode.</summary>
    /// <inheritdoc cref="HpkeSender.SetupAuthenticated"/>
    public static HpkeError SetupAuthenticatedSender(
        X25519KeyPair sender, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> encapsulation, out HpkeExporter? exporter)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return SetupSender(sender, recipient, info, ephemeralMaterial, encapsulation, out exporter);
    }

    /// <summary>Sets up the receiver's side of an export-only context, in base mode.</summary>
    /// <inheritdoc cref="HpkeReceiver.Setup"/>
    public static HpkeError SetupReceiver(X25519KeyPair recipient, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> info, out HpkeExporter? exporter) =>
        SetupReceiver(recipient, [], encapsulation, info, out exporter);

    /// <summary>Sets up the receiver's side of an export-only context, in auth mode.</summary>
    /// <inheritdoc cref="HpkeReceiver.SetupAuthenticated"/>
    public static HpkeError SetupAuthenticatedReceiver(
        X25519KeyPair recipient, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> info, out HpkeExporter? exporter)
    {
        X25519.RequireKey(sender, nameof(sender));
        return SetupReceiver(recipient, sender, encapsulation, info, out exporter);
    }

    /// <summary>Fills a span with a secret that only sender and receiver of this context can compute.</summary>
    /// <param name="context">What the secret is for: other bytes, another secret.</param>
    /// <param name="secret">Receives as many bytes as it is long, at most <see cref="MaximumLength"/>. Another length is another secret.</param>
    /// <exception cref="ArgumentException">The span is longer than <see cref="MaximumLength"/>.</exception>
    public void Export(ReadOnlySpan<byte> context, Span<byte> secret)
    {
        if (secret.Length > MaximumLength) throw new ArgumentException("An export has at most 255 · 32 bytes.", nameof(secret));
        Span<byte> suite = stackalloc byte[HpkeSuite.IdLength];
        HpkeSuite.WriteId(_aead, suite);
        LabeledHkdf.Expand(suite, _secret.Span, "sec"u8, context, secret);
        GC.KeepAlive(this);
    }

    /// <summary>Zeroes the exporter secret.</summary>
    public void Dispose() => _secret.Dispose();

    private static HpkeError SetupSender(
        X25519KeyPair? sender, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> ephemeralMaterial, Span<byte> encapsulation, out HpkeExporter? exporter)
    {
        exporter = null;
        using SecretBytes shared = new(HpkeSuite.HashLength);
        if (!Hpke.TryEncapsulate(sender, recipient, ephemeralMaterial, encapsulation, shared.Span)) return HpkeError.InvalidPublicKey;
        exporter = Schedule(sender is not null, shared, info);
        return HpkeError.None;
    }

    private static HpkeError SetupReceiver(
        X25519KeyPair recipient, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> info, out HpkeExporter? exporter)
    {
        exporter = null;
        using SecretBytes shared = new(HpkeSuite.HashLength);
        if (encapsulation.Length != Hpke.EncapsulationLength) return HpkeError.Truncated;
        if (!HpkeKem.TryDecapsulate(recipient, sender, encapsulation, shared.Span)) return HpkeError.InvalidPublicKey;
        exporter = Schedule(!sender.IsEmpty, shared, info);
        return HpkeError.None;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The exporter owns the secret.")]
    private static HpkeExporter Schedule(bool authenticated, SecretBytes shared, ReadOnlySpan<byte> info)
    {
        SecretBytes secret = new(HpkeSuite.HashLength);
        HpkeKeySchedule.Derive(HpkeSuite.AeadExportOnly, authenticated, shared.Span, info, [], [], secret.Span);
        return new HpkeExporter(HpkeSuite.AeadExportOnly, secret);
    }
}
