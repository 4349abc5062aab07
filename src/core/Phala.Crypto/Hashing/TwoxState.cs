using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>
/// A Twox hash of a message that arrives in parts. A value: a copy goes its own way, so that many messages with a common beginning share its cost.
/// </summary>
/// <remarks>Trust: as for <see cref="Twox"/>, none against an adversary.</remarks>
public struct TwoxState
{
    private const int MaxSeeds = 4;

    private Accumulators _lanes;
    private Stripe _stripe;
    private ulong _length;
    private int _seeds;

    /// <summary>The hash of nothing yet.</summary>
    /// <param name="digestLength">8, 16 or 32 bytes: seed 0, seeds 0 and 1, seeds 0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is another.</exception>
    public static TwoxState Create(int digestLength)
    {
        if (digestLength is not (8 or 16 or 32)) throw new ArgumentOutOfRangeException(nameof(digestLength), digestLength, "A Twox digest has 8, 16 or 32 bytes.");
        TwoxState state = default;
        state._seeds = digestLength / sizeof(ulong);
        for (int seed = 0; seed < state._seeds; seed++) state._lanes[seed] = XxHash64Lanes.Begin((ulong)seed);
        return state;
    }

    /// <summary>Adds the next part of the message.</summary>
    /// <exception cref="InvalidOperationException">The state was not made by <see cref="Create"/>.</exception>
    public void Append(ReadOnlySpan<byte> part)
    {
        ThrowIfDefault();
        Span<byte> stripe = _stripe;
        int buffered = Buffered;
        _length += (ulong)part.Length;
        if (buffered > 0)
        {
            int taken = Math.Min(part.Length, XxHash64.StripeLength - buffered);
            part[..taken].CopyTo(stripe[buffered..]);
            if (buffered + taken < XxHash64.StripeLength) return;
            Absorb(stripe);
            part = part[taken..];
        }

        Absorb(part);
        part[(part.Length & -XxHash64.StripeLength)..].CopyTo(stripe);
    }

    /// <summary>Writes the digest of all that was appended so far. The state stays as it is and may be continued.</summary>
    /// <param name="digest">As many bytes as given to <see cref="Create"/>.</param>
    /// <exception cref="InvalidOperationException">The state was not made by <see cref="Create"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The digest has another length.</exception>
    public readonly void Finish(Span<byte> digest)
    {
        ThrowIfDefault();
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, sizeof(ulong) * _seeds, nameof(digest));
        ReadOnlySpan<byte> rest = ((ReadOnlySpan<byte>)_stripe)[..Buffered];
        for (int seed = 0; seed < _seeds; seed++)
        {
            ulong hash = _length >= XxHash64.StripeLength ? _lanes[seed].Merge() : XxHash64.Short((ulong)seed);
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(sizeof(ulong) * seed)..], XxHash64.Finish(hash, _length, rest));
        }
    }

    // How many bytes wait in the stripe for it to become whole.
    private readonly int Buffered => (int)(_length % XxHash64.StripeLength);

    private void Absorb(ReadOnlySpan<byte> data)
    {
        for (int seed = 0; seed < _seeds; seed++) _lanes[seed].Absorb(data);
    }

    private readonly void ThrowIfDefault()
    {
        if (_seeds == 0) throw new InvalidOperationException("A TwoxState is made by Create.");
    }

    [InlineArray(MaxSeeds)]
    private struct Accumulators
    {
        private XxHash64Lanes _first;
    }

    [InlineArray(XxHash64.StripeLength)]
    private struct Stripe
    {
        private byte _first;
    }
}
