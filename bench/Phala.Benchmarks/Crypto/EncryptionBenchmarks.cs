using BenchmarkDotNet.Attributes;
using Phala.Crypto.Encryption;

namespace Phala.Benchmarks.Crypto;

/// <summary>X25519 agreement, and opening an HPKE message of 256 bytes in base mode.</summary>
[MemoryDiagnoser]
public class EncryptionBenchmarks
{
    private readonly byte[] _plaintext = new byte[256], _message = new byte[256 + Hpke.Overhead], _shared = new byte[X25519.KeyLength];
    private readonly X25519KeyPair _recipient = X25519KeyPair.Derive(new byte[32]);

    [GlobalSetup]
    public void SealOne() => Hpke.Seal(_recipient.PublicKey, "benchmark"u8, [], _plaintext, new byte[32], _message);

    [Benchmark]
    public bool X25519Agree() => _recipient.TryAgree(_message.AsSpan(0, X25519.KeyLength), _shared);

    [Benchmark]
    public HpkeError HpkeOpen256Bytes() => Hpke.Open(_recipient, "benchmark"u8, [], _message, _plaintext);
}
