using BenchmarkDotNet.Attributes;
using Phala.Crypto.Signatures;

namespace Phala.Benchmarks.Crypto;

/// <summary>sr25519 over messages of 100 bytes under "substrate", keys and signatures given as bytes.</summary>
[MemoryDiagnoser]
public class Sr25519Benchmarks
{
    private const int Largest = 256;

    private readonly byte[] _message = new byte[100], _entropy = new byte[32], _signature = new byte[64];
    private readonly byte[][] _keys = new byte[Largest][], _signatures = new byte[Largest][];
    private readonly Sr25519BatchVerifier _batch = new(Largest);
    private readonly Sr25519KeyPair _pair = Sr25519KeyPair.FromSeed(new byte[32]);

    [GlobalSetup]
    public void SignAll()
    {
        for (int at = 0; at < Largest; at++)
        {
            using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed([(byte)at, .. new byte[31]]);
            _signatures[at] = new byte[64];
            pair.Sign(_message, _entropy, _signatures[at]);
            _keys[at] = pair.PublicKey.ToArray();
        }
    }

    [Benchmark]
    public void Sign() => _pair.Sign(_message, _entropy, _signature);

    [Benchmark]
    public SignatureVerdict Verify() => Sr25519.Verify(_keys[0], _message, _signatures[0]);

    [Benchmark(OperationsPerInvoke = 64)]
    public bool VerifyBatchOf64() => VerifyBatch(64);

    [Benchmark(OperationsPerInvoke = Largest)]
    public bool VerifyBatchOf256() => VerifyBatch(Largest);

    private bool VerifyBatch(int count)
    {
        _batch.Clear();
        for (int at = 0; at < count; at++) _batch.Add(_keys[at], _message, _signatures[at]);
        return _batch.Verify();
    }
}
