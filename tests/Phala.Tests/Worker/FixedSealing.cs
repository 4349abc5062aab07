using System.Security.Cryptography;
using Phala.Worker.Sealing;

namespace Phala.Tests.Worker;

/// <summary>Seals under a key that tests give.</summary>
internal sealed class FixedSealing(byte mark) : ISealingProvider
{
    public string Description => "a test's key";

    public bool IsInsecure => true;

    public void DeriveKey(ReadOnlySpan<byte> purpose, Span<byte> key) => HKDF.DeriveKey(HashAlgorithmName.SHA256, [mark], key, "test"u8, purpose);
}
