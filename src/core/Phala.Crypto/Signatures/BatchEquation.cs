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
/// signatures could be made to cancel. Points are decoded together, when the first verdict is asked for. Variable time. It allocates only to grow.
/// </remarks>
internal sealed class BatchEquation
{
    private const int CoefficientLength = 16, PointLength = 32, BoundLength = 4 * 32;

    private readonly bool _isRistretto;

    // B, then A and R of each equation in turn; encodings and validity without B. Scalars are filled in by Sum in the order of the points.
    private EdwardsPoint[] _points;
    private byte[] _encodings;
    private bool[] _valid;
    private Scalar[] _scalars;
    private Scalar[] _s, _k;
    private byte[] _coefficients;
    private Transcript _transcript;
    private int _decoded;

    /// <summary>No equations yet, over ristretto255 or over edwards25519 up to points of small order.</summary>
    internal BatchEquation(int capacity, bool isRistretto)
    {
        _isRistretto = isRistretto;
        (_points, _scalars) = (new EdwardsPoint[1 + (2 * capacity)], new Scalar[1 + (2 * capacity)]);
        (_encodings, _valid) = (new byte[2 * PointLength * capacity], new bool[2 * capacity]);
        (_s, _k) = (new Scalar[capacity], new Scalar[capacity]);
        _coefficients = new byte[capacity * CoefficientLength];
        _points[0] = EdwardsPoint.BasePoint;
        Clear();
    }

    /// <summary>How many equations there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Adds the equation of a key A, a nonce R, both encoded in 32 bytes, a challenge k and a scalar s.</summary>
    internal void Add(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> nonce, in Scalar k, in Scalar s)
    {
        if (Count == _s.Length) Grow();
        Span<byte> bound = stackalloc byte[BoundLength];
        publicKey.CopyTo(bound);
        nonce.CopyTo(bound[PointLength..]);
        bound[..(2 * PointLength)].CopyTo(_encodings.AsSpan(2 * PointLength * Count));
        k.ToBytes(bound[64..]);
        s.ToBytes(bound[96..]);
        _transcript.AppendMessage("equation"u8, bound);
        _k[Count] = k;
        _s[Count] = s;
        Count++;
    }

    /// <summary>Whether all equations hold whose points could be decoded.</summary>
    internal bool DecodedHold() => Count == 0 || IsNeutral(Sum());

    /// <summary>Whether all points could be decoded.</summary>
    internal bool AllDecode()
    {
        Decode();
        return !_valid.AsSpan(0, 2 * Count).Contains(false);
    }

    /// <summary>The verdict on one equation, worked out alone unless <paramref name="holds"/> says that it holds if it was decoded.</summary>
    internal SignatureVerdict Verdict(int at, bool holds)
    {
        Decode();
        if (!_valid[2 * at]) return SignatureVerdict.MalformedPublicKey;
        if (!_valid[1 + (2 * at)]) return _isRistretto ? SignatureVerdict.WrongSignature : SignatureVerdict.MalformedNonce;
        return holds || IsNeutral(Difference(at)) ? SignatureVerdict.Valid : SignatureVerdict.WrongSignature;
    }

    /// <summary>Σ z_i (s_i·B − k_i·A_i − R_i) over the equations whose points could be decoded.</summary>
    internal EdwardsPoint Sum()
    {
        Decode();
        Span<byte> coefficients = _coefficients.AsSpan(0, Count * CoefficientLength);
        Transcript transcript = _transcript;
        transcript.AppendUInt64("count"u8, (ulong)Count);
        transcript.Challenge("coefficients"u8, coefficients);

        Scalar ofBase = Scalar.Zero;
        for (int at = 0; at < Count; at++)
        {
            UInt128 value = MemoryMarshal.Read<UInt128>(coefficients[(at * CoefficientLength)..]);
            Scalar z = _valid[2 * at] && _valid[1 + (2 * at)] ? new Scalar((ulong)value, (ulong)(value >> 64), 0, 0) : Scalar.Zero;
            ofBase = Scalar.MultiplyAdd(z, _s[at], ofBase);
            _scalars[1 + (2 * at)] = -(z * _k[at]);
            _scalars[2 + (2 * at)] = -z;
        }

        _scalars[0] = ofBase;
        int terms = 1 + (2 * Count);
        return EdwardsPoint.MultiScalarMultiplyVartime(_scalars.AsSpan(0, terms), _points.AsSpan(0, terms));
    }

    /// <summary>Forgets all equations.</summary>
    internal void Clear()
    {
        Count = _decoded = 0;
        _transcript = Transcript.Create("Batch-verification"u8);
    }

    /// <summary>s·B − k·A − R of one equation.</summary>
    private EdwardsPoint Difference(int at) =>
        EdwardsPoint.DoubleScalarMultiplyBaseVartime(-_k[at], _points[1 + (2 * at)], _s[at]) - _points[2 + (2 * at)];

    private bool IsNeutral(in EdwardsPoint point) => _isRistretto ? new RistrettoPoint(point).IsIdentity : point.IsSmallOrder;

    private void Decode()
    {
        int count = 2 * (Count - _decoded);
        ReadOnlySpan<byte> encodings = _encodings.AsSpan(2 * PointLength * _decoded, PointLength * count);
        Span<EdwardsPoint> points = _points.AsSpan(1 + (2 * _decoded), count);
        Span<bool> valid = _valid.AsSpan(2 * _decoded, count);
        if (_isRistretto) BatchDecoding.TryDecodeRistretto(encodings, points, valid);
        else BatchDecoding.TryDecompress(encodings, points, valid);
        _decoded = Count;
    }

    private void Grow()
    {
        int capacity = Math.Max(4, 2 * _s.Length);
        Array.Resize(ref _points, 1 + (2 * capacity));
        Array.Resize(ref _encodings, 2 * PointLength * capacity);
        Array.Resize(ref _valid, 2 * capacity);
        Array.Resize(ref _scalars, 1 + (2 * capacity));
        Array.Resize(ref _s, capacity);
        Array.Resize(ref _k, capacity);
        Array.Resize(ref _coefficients, capacity * CoefficientLength);
    }
}
