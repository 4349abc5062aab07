using BenchmarkDotNet.Attributes;
using Phala.Crypto.Curve25519;
using Phala.Crypto.Curve25519.FourLane;

namespace Phala.Benchmarks.Crypto;

/// <summary>The parts that signatures and key agreement are made of.</summary>
[MemoryDiagnoser]
public class Curve25519Benchmarks
{
    private const int Repeats = 1000;

    private readonly byte[] _bytes = new byte[64], _compressed = new byte[32], _encoded = new byte[32], _result = new byte[32];
    private FieldElement _element, _factor;
    private FieldElement4 _four, _otherFour;
    private Scalar _a, _b;
    private EdwardsPoint _point;

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        random.NextBytes(_bytes);
        _a = Scalar.FromBytesModOrderWide(_bytes);
        random.NextBytes(_bytes);
        _b = Scalar.FromBytesModOrderWide(_bytes);
        _point = EdwardsPoint.MultiplyBase(_a);
        _point.Compress(_compressed);
        new RistrettoPoint(_point).Encode(_encoded);
        _element = _point.X;
        _factor = _point.Y;
        _four = FieldElement4.Pack(_point.X, _point.Y, _point.Z, _point.T);
        _otherFour = FieldElement4.Pack(_point.Y, _point.Z, _point.T, _point.X);
    }

    [Benchmark(OperationsPerInvoke = Repeats)]
    public void FieldMultiply()
    {
        for (int i = 0; i < Repeats; i++) FieldElement.Multiply(_element, _factor, out _element);
    }

    [Benchmark(OperationsPerInvoke = Repeats)]
    public void FieldSquare() => _element = _element.SquareTimes(Repeats);

    [Benchmark(OperationsPerInvoke = Repeats)]
    public void FourLaneMultiply()
    {
        FieldElement4 product = _four, factor = _otherFour;
        for (int i = 0; i < Repeats; i++) FieldMultiplication4.Multiply(product, factor, out product);
        _four = product;
    }

    [Benchmark(OperationsPerInvoke = Repeats)]
    public void FourLaneSquare() => FieldMultiplication4.SquareTimes(_four, Repeats, out _four);

    [Benchmark]
    public bool Decompress() => EdwardsPoint.TryDecompress(_compressed, out _);

    [Benchmark]
    public void Compress() => _point.Compress(_result);

    [Benchmark]
    public bool RistrettoDecode() => RistrettoPoint.TryDecode(_encoded, out _);

    [Benchmark]
    public void RistrettoEncode() => new RistrettoPoint(_point).Encode(_result);

    [Benchmark]
    public bool MultiplyBase() => EdwardsPoint.MultiplyBase(_a).Z.IsZero;

    [Benchmark]
    public bool MultiplyVariableBase() => EdwardsPoint.Multiply(_a, _point).Z.IsZero;

    [Benchmark]
    public bool DoubleScalarMultiplyBase() => EdwardsPoint.DoubleScalarMultiplyBaseVartime(_a, _point, _b).Z.IsZero;

    [Benchmark]
    public void X25519() => MontgomeryLadder.Multiply(_bytes, _compressed, _result);

    [Benchmark]
    public void X25519Base() => MontgomeryLadder.MultiplyBase(_bytes, _result);
}
