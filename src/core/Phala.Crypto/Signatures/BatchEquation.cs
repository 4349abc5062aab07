using System.Runtime.InteropServices;
using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>
/// Many Schnorr equations s·B − k·A − R = 0 as one: each multiplied by an own coefficient of 128 bits, then added. If one of them is false, the sum is the neutral
/// element for at most one coefficient in 2^128.
/// </summary>
/// <remarks>
/// The coefficients come from a transcript over everything that is verified, so that no entropy is needed: whoever changes any input to fit the coefficients gets
/// other coefficients. The scalars s must be among those inputs: k binds key, R and message but not s, and with coefficients that are known before s, two false
/// signatures could be made to cancel. Variable time. It allocates only to grow.
/// </remarks>
internal sealed class BatchEquation
{
    private const int CoefficientLength = 16, BoundLength = 4 * 32;

    // Points: B, then A and R of each signature in turn. Scalars are filled in by Sum in the same order.
    private EdwardsPoint[] _points;
    private Scalar[] _scalars;
    private Scalar[] _s, _k;
    private byte[] _coefficients;
    private Transcript _transcript;

    internal BatchEquation(int capacity)
    {
        (_points, _scalars) = (new EdwardsPoint[1 + (2 * capacity)], new Scalar[1 + (2 * capacity)]);
        (_s, _k) = (new Scalar[capacity], new Scalar[capacity]);
        _coefficients = new byte[capacity * CoefficientLength];
        _points[0] = EdwardsPoint.BasePoint;
        Clear();
    }

    /// <summary>How many equations there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Adds an equation. <paramref name="publicKey"/> and <paramref name="nonce"/> are the bytes that A and R were decoded from.</summary>
    internal void Add(in EdwardsPoint a, in EdwardsPoint r, in Scalar k, in Scalar s, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> nonce)
    {
        if (Count == _s.Length) Grow();
        _points[1 + (2 * Count)] = a;
        _points[2 + (2 * Count)] = r;
        _k[Count] = k;
        _s[Count] = s;

        Span<byte> bound = stackalloc byte[BoundLength];
        publicKey.CopyTo(bound);
        nonce.CopyTo(bound[32..]);
        k.ToBytes(bound[64..]);
        s.ToBytes(bound[96..]);
        _transcript.AppendMessage("equation"u8, bound);
        Count++;
    }

    /// <summary>Σ z_i (s_i·B − k_i·A_i − R_i): for a batch of true equations the neutral element, up to what the caller's group ignores.</summary>
    internal EdwardsPoint Sum()
    {
        Span<byte> coefficients = _coefficients.AsSpan(0, Count * CoefficientLength);
        Transcript transcript = _transcript;
        transcript.AppendUInt64("count"u8, (ulong)Count);
        transcript.Challenge("coefficients"u8, coefficients);

        Scalar ofBase = Scalar.Zero;
        for (int at = 0; at < Count; at++)
        {
            UInt128 value = MemoryMarshal.Read<UInt128>(coefficients[(at * CoefficientLength)..]);
            Scalar z = new((ulong)value, (ulong)(value >> 64), 0, 0);
            ofBase = Scalar.MultiplyAdd(z, _s[at], ofBase);
            _scalars[1 + (2 * at)] = -(z * _k[at]);
            _scalars[2 + (2 * at)] = -z;
        }

        _scalars[0] = ofBase;
        int terms = 1 + (2 * Count);
        return EdwardsPoint.MultiScalarMultiplyVartime(_scalars.AsSpan(0, terms), _points.AsSpan(0, terms));
    }

    /// <summary>s·B − k·A − R of one equation.</summary>
    internal EdwardsPoint Difference(int at) =>
        EdwardsPoint.DoubleScalarMultiplyBaseVartime(-_k[at], _points[1 + (2 * at)], _s[at]) - _points[2 + (2 * at)];

    /// <summary>Forgets all equations.</summary>
    internal void Clear()
    {
        Count = 0;
        _transcript = Transcript.Create("Batch-verification"u8);
    }

    private void Grow()
    {
        int capacity = Math.Max(4, 2 * _s.Length);
        Array.Resize(ref _points, 1 + (2 * capacity));
        Array.Resize(ref _scalars, 1 + (2 * capacity));
        Array.Resize(ref _s, capacity);
        Array.Resize(ref _k, capacity);
        Array.Resize(ref _coefficients, capacity * CoefficientLength);
    }
}
