using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Phala.Crypto.Encryption;

/// <summary>LabeledExtract and LabeledExpand of RFC 9180 §4 over HKDF-SHA256: every derivation is bound to version, suite and purpose.</summary>
internal static class LabeledHkdf
{
    private const int StackLimit = 512;

    private static ReadOnlySpan<byte> Version => "HPKE-v1"u8;

    /// <summary>The pseudo-random key of <paramref name="salt"/> and "HPKE-v1" ‖ suite ‖ label ‖ key material; 32 bytes.</summary>
    internal static void Extract(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> keyMaterial, Span<byte> key)
    {
        int length = Version.Length + suite.Length + label.Length + keyMaterial.Length;
        if (length > StackLimit)
        {
            ExtractInParts(suite, salt, label, keyMaterial, key);
            return;
        }

        Span<byte> labeled = stackalloc byte[StackLimit];
        labeled = labeled[..length];
        Concatenate(labeled, Version, suite, label, keyMaterial);
        HKDF.Extract(HashAlgorithmName.SHA256, labeled, salt, key);
        CryptographicOperations.ZeroMemory(labeled);
    }

    /// <summary>Fills <paramref name="output"/> from <paramref name="key"/> and length ‖ "HPKE-v1" ‖ suite ‖ label ‖ info.</summary>
    internal static void Expand(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> output)
    {
        int length = sizeof(ushort) + Version.Length + suite.Length + label.Length + info.Length;
        byte[]? rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> labeled = rented is null ? stackalloc byte[StackLimit] : rented;
        labeled = labeled[..length];
        BinaryPrimitives.WriteUInt16BigEndian(labeled, (ushort)output.Length);
        Concatenate(labeled[sizeof(ushort)..], Version, suite, label, info);
        HKDF.Expand(HashAlgorithmName.SHA256, key, output, labeled);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    // RFC 5869 §2.2: extraction is HMAC under the salt. Taken in parts, so that no copy of the secret lies in memory that the collector moves.
    private static void ExtractInParts(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> keyMaterial, Span<byte> key)
    {
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, salt);
        hmac.AppendData(Version);
        hmac.AppendData(suite);
        hmac.AppendData(label);
        hmac.AppendData(keyMaterial);
        hmac.GetHashAndReset(key);
    }

    private static void Concatenate(
        Span<byte> destination, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        first.CopyTo(destination);
        second.CopyTo(destination = destination[first.Length..]);
        third.CopyTo(destination = destination[second.Length..]);
        fourth.CopyTo(destination[third.Length..]);
    }
}
