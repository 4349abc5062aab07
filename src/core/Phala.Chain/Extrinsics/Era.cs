using System.Numerics;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;

namespace Phala.Chain.Extrinsics;

/// <summary>How long a transaction may be included: for ever, or in a window of blocks. Two bytes hold a window's length and where it lies.</summary>
/// <remarks>
/// A window has a length ("period"), a power of two from 4 to 65536, and a phase below it: it begins at a block whose number leaves the phase as the rest of a
/// division by the period. Phases of long windows are multiples of period / 4096. Which window of those is meant follows from the current block.
/// </remarks>
public readonly record struct Era : IScale<Era>
{
    /// <summary>The shortest window in blocks.</summary>
    public const uint MinPeriod = 4;

    /// <summary>The longest window in blocks.</summary>
    public const uint MaxPeriod = 65536;

    private const int PeriodBits = 4, PeriodMask = (1 << PeriodBits) - 1, QuantizeShift = 12, Mortals = 255;

    private readonly ushort _bits;

    private Era(ushort bits) => _bits = bits;

    /// <summary>For ever.</summary>
    public static Era Immortal => default;

    /// <summary>Whether the transaction is valid for ever.</summary>
    public bool IsImmortal => _bits == 0;

    /// <summary>The window's length in blocks; 0 for ever.</summary>
    public uint Period => IsImmortal ? 0 : 2u << (_bits & PeriodMask);

    /// <summary>The window's place; 0 for ever.</summary>
    public uint Phase => IsImmortal ? 0 : ((uint)_bits >> PeriodBits) * Quantum(Period);

    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>The window that begins at a block, or shortly before it where long windows are too coarse.</summary>
    /// <param name="period">The wished length: rounded up to a power of two and kept within the limits.</param>
    /// <param name="current">The block's number.</param>
    public static Era Mortal(uint period, uint current)
    {
        uint length = Math.Clamp(period > MaxPeriod ? MaxPeriod : BitOperations.RoundUpToPowerOf2(period), MinPeriod, MaxPeriod);
        uint phase = current & (length - 1);
        return new Era((ushort)((uint)(BitOperations.TrailingZeroCount(length) - 1) | ((phase / Quantum(length)) << PeriodBits)));
    }

    /// <summary>The first block of the window that a block lies in: the one whose hash the signature covers. 0 for ever.</summary>
    /// <param name="current">The block's number.</param>
    public uint Birth(uint current)
    {
        if (IsImmortal) return 0;
        uint phase = Phase;
        return ((Math.Max(current, phase) - phase) & ~(Period - 1)) + phase;
    }

    /// <summary>The first block after the window that a block lies in; <see cref="ulong.MaxValue"/> for ever.</summary>
    /// <param name="current">The block's number.</param>
    public ulong Death(uint current) => IsImmortal ? ulong.MaxValue : (ulong)Birth(current) + Period;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out Era value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadByte(out byte first)) return false;
        if (first == 0) return true;
        if (!reader.TryReadByte(out byte second)) return false;
        Era era = new((ushort)(first | (second << 8)));
        if (era.Period < MinPeriod || era.Phase >= era.Period) return reader.FailAt(ScaleError.UnknownVariant, start);
        value = era;
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Era value)
    {
        if (value.IsImmortal) writer.WriteByte(0);
        else writer.WriteUInt16(value._bits);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in Era value) => value.IsImmortal ? 1 : sizeof(ushort);

    /// <summary>The order of the encodings' variants: by first byte, then by second.</summary>
    public static int Compare(in Era left, in Era right) =>
        (byte)left._bits != (byte)right._bits ? ((byte)left._bits).CompareTo((byte)right._bits) : left._bits.CompareTo(right._bits);

    /// <summary>As clients know it: one variant for each first byte, and the second byte as its field.</summary>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(Era), static registry =>
    {
        int u8 = U8Codec.Describe(registry);
        List<TypeVariant> variants = [new TypeVariant("Immortal", [], 0, [])];
        for (int first = 1; first <= Mortals; first++) variants.Add(new TypeVariant($"Mortal{first}", [TypeField.Unnamed(u8)], (byte)first, []));
        return new TypeDescription(["sp_runtime", "generic", "era", "Era"], [], new TypeDefinition.Variant(variants), []);
    });

    /// <inheritdoc/>
    public override string ToString() => IsImmortal ? "immortal" : $"mortal, period {Period}, phase {Phase}";

    private static uint Quantum(uint period) => Math.Max(period >> QuantizeShift, 1);
}
