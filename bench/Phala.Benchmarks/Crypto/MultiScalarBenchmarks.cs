using BenchmarkDotNet.Attributes;
using Phala.Crypto.Curve25519;

namespace Phala.Benchmarks.Crypto;

/// <summary>What batch verification is made of: sums of many products, and decoding of many points.</summary>
[MemoryDiagnoser]
public class MultiScalarBenchmarks
{
    private Scalar[] _scalars = [];
    private EdwardsPoint[] _points = [];
    private byte[] _encodings = [];
    private bool[] _valid = [];

    /// <summary>Points together; the figures are for all of them.</summary>
    [Params(64, 256, 1024)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        byte[] bytes = new byte[64];
        (_scalars, _points, _encodings, _valid) = (new Scalar[Count], new EdwardsPoint[Count], new byte[32 * Count], new bool[Count]);
        for (int i = 0; i < Count; i++)
        {
            random.NextBytes(bytes);
            _scalars[i] = Scalar.FromBytesModOrderWide(bytes);
            _points[i] = EdwardsPoint.MultiplyBase(_scalars[i]);
            new RistrettoPoint(_points[i]).Encode(_encodings.AsSpan(32 * i));
        }
    }

    [Benchmark]
    public bool MultiScalarMultiply() => EdwardsPoint.MultiScalarMultiplyVartime(_scalars, _points).Z.IsZero;

    [Benchmark]
    public bool RistrettoDecodeAll() => BatchDecoding.TryDecodeRistretto(_encodings, _points, _valid);
}
