using BenchmarkDotNet.Attributes;
using Phala.Crypto.Signatures;

namespace Phala.Benchmarks.Crypto;

/// <summary>ECDSA over secp256k1 on a 32-byte hash.</summary>
[MemoryDiagnoser]
public class EcdsaBenchmarks
{
    private readonly byte[] _secret = [.. Enumerable.Repeat((byte)0x11, 32)];
    private readonly byte[] _hash = [.. Enumerable.Repeat((byte)0x22, 32)];
    private readonly byte[] _signature = new byte[65];
    private Secp256k1PublicKey _publicKey;

    [GlobalSetup]
    public void Setup()
    {
        EcdsaSecp256k1.TryDerivePublicKey(_secret, out _publicKey);
        EcdsaSecp256k1.TrySign(_secret, _hash, _signature);
    }

    [Benchmark]
    public bool Sign() => EcdsaSecp256k1.TrySign(_secret, _hash, _signature);

    [Benchmark]
    public EcdsaError Verify() => EcdsaSecp256k1.Verify(_publicKey, _hash, _signature);

    [Benchmark]
    public EcdsaError Recover() => EcdsaSecp256k1.Recover(_hash, _signature, out _);
}
