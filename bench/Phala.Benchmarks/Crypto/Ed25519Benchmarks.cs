using BenchmarkDotNet.Attributes;
using Phala.Crypto.Signatures;

namespace Phala.Benchmarks.Crypto;

/// <summary>ed25519 over messages of 100 bytes by the rules of ZIP-215, keys and signatures given as bytes.</summary>
[MemoryDiagnoser]
public class Ed25519Benchmarks
{
    private const int Count = 64;

    private readonly byte[] _message = new byte[100], _signature = new byte[64];
    private readonly byte[][] _keys = new byte[Count][], _signatures = new byte[Count][];
    private readonly Ed25519BatchVerifier _batch = new(Count);
    private readonly Ed25519KeyPair _pair = Ed25519KeyPair.FromSeed(new byte[32]);

    [GlobalSetup]
    public void SignAll()
    {
        for (int at = 0; at < Count; at++)
        {
            using Ed25519KeyPair pair = Ed25519KeyPair.FromSeed([(byte)at, .. new byte[31]]);
            _signatures[at] = new byte[64];
            pair.Sign(_message, _signatures[at]);
            _keys[at] = pair.PublicKey.ToArray();
        }
    }

    [Benchmark]
    public void Sign() => _pair.Sign(_message, _signature);

    [Benchmark]
    public SignatureVerdict Verify() => Ed25519.Verify(_keys[0], _message, _signatures[0]);

    [Benchmark(OperationsPerInvoke = Count)]
    public bool VerifyBatchOf64()
    {
        _batch.Clear();
        for (int at = 0; at < Count; at++) _batch.Add(_keys[at], _message, _signatures[at]);
        return _batch.Verify();
    }
}
