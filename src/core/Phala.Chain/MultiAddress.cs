using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;

namespace Phala.Chain;

/// <summary>How an extrinsic names an account. Decoding allocates only for <see cref="MultiAddressKind.Raw"/>.</summary>
/// <remarks>Written by hand, not generated: the generator's unions are classes, and every signed extrinsic has an address.</remarks>
public readonly record struct MultiAddress : IScale<MultiAddress>
{
    /// <summary>The length of <see cref="MultiAddressKind.Address20"/> in bytes.</summary>
    public const int Address20Length = 20;

    // Id and Address32: all bytes; Address20: the first 20.
    private readonly AccountId _bytes;
    private readonly Vec<byte> _raw;
    private readonly uint _index;

    private MultiAddress(MultiAddressKind kind, in AccountId bytes = default, uint index = 0, Vec<byte> raw = default) =>
        (Kind, _bytes, _index, _raw) = (kind, bytes, index, raw);

    /// <summary>The form.</summary>
    public MultiAddressKind Kind { get; }

    /// <summary>The bytes of every form but <see cref="MultiAddressKind.Index"/>, which has none.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Bytes => Kind switch
    {
        MultiAddressKind.Id or MultiAddressKind.Address32 => _bytes.AsSpan(),
        MultiAddressKind.Address20 => _bytes.AsSpan()[..Address20Length],
        MultiAddressKind.Raw => _raw.AsSpan(),
        _ => [],
    };

    /// <inheritdoc/>
    public static int MinimumLength => 2;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>An account itself.</summary>
    public static MultiAddress Id(in AccountId account) => new(MultiAddressKind.Id, account);

    /// <summary>A number that stands for an account.</summary>
    public static MultiAddress Index(uint index) => new(MultiAddressKind.Index, index: index);

    /// <summary>Bytes that the runtime may know how to read.</summary>
    public static MultiAddress Raw(Vec<byte> bytes) => new(MultiAddressKind.Raw, raw: bytes);

    /// <summary>32 bytes that are no account by themselves.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static MultiAddress Address32(ReadOnlySpan<byte> bytes) => new(MultiAddressKind.Address32, new AccountId(bytes));

    /// <summary>20 bytes, such as an Ethereum address.</summary>
    /// <exception cref="ArgumentException">There are not 20 bytes.</exception>
    public static MultiAddress Address20(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Address20Length) throw new ArgumentException("The address has 20 bytes.", nameof(bytes));
        Span<byte> padded = stackalloc byte[AccountId.Size];
        padded.Clear();
        bytes.CopyTo(padded);
        return new MultiAddress(MultiAddressKind.Address20, new AccountId(padded));
    }

    /// <summary>The account, where the address is one.</summary>
    public bool TryGetId(out AccountId account)
    {
        account = Kind == MultiAddressKind.Id ? _bytes : default;
        return Kind == MultiAddressKind.Id;
    }

    /// <summary>The number, where the address is one.</summary>
    public bool TryGetIndex(out uint index)
    {
        index = _index;
        return Kind == MultiAddressKind.Index;
    }

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out MultiAddress value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadByte(out byte kind)) return false;
        switch ((MultiAddressKind)kind)
        {
            case MultiAddressKind.Id or MultiAddressKind.Address32:
                if (!AccountId.TryDecode(ref reader, out AccountId account)) return false;
                value = new MultiAddress((MultiAddressKind)kind, account);
                return true;
            case MultiAddressKind.Index:
                if (!reader.TryReadCompactUInt32(out uint index)) return false;
                value = Index(index);
                return true;
            case MultiAddressKind.Raw:
                if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> raw)) return false;
                value = Raw(Vec.Create(raw));
                return true;
            case MultiAddressKind.Address20:
                if (!reader.TryReadSpan(Address20Length, out ReadOnlySpan<byte> address)) return false;
                value = Address20(address);
                return true;
            default:
                return reader.FailAt(ScaleError.UnknownVariant, start);
        }
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in MultiAddress value)
    {
        writer.WriteByte((byte)value.Kind);
        if (value.Kind == MultiAddressKind.Index) writer.WriteCompact(value._index);
        else if (value.Kind == MultiAddressKind.Raw) writer.WriteByteSequence(value.Bytes);
        else writer.WriteSpan(value.Bytes);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in MultiAddress value) => 1 + value.Kind switch
    {
        MultiAddressKind.Index => ScaleWriter.CompactLength(value._index),
        MultiAddressKind.Raw => ScaleWriter.CompactLength((uint)value._raw.Length) + value._raw.Length,
        _ => value.Bytes.Length,
    };

    /// <inheritdoc/>
    public static int Compare(in MultiAddress left, in MultiAddress right)
    {
        if (left.Kind != right.Kind) return left.Kind.CompareTo(right.Kind);
        return left.Kind == MultiAddressKind.Index ? left._index.CompareTo(right._index) : left.Bytes.SequenceCompareTo(right.Bytes);
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Named(typeof(MultiAddress), static registry =>
    {
        int account = AccountId.Describe(registry), index = U32Codec.Describe(registry), u8 = U8Codec.Describe(registry);
        return new TypeDescription(
            ["sp_runtime", "multiaddress", "MultiAddress"],
            [new TypeParameter("AccountId", account), new TypeParameter("AccountIndex", index)],
            new TypeDefinition.Variant([
                Variant(MultiAddressKind.Id, account, "AccountId"),
                Variant(MultiAddressKind.Index, registry.Compact(index), "AccountIndex"),
                Variant(MultiAddressKind.Raw, registry.Sequence(u8), "Vec<u8>"),
                Variant(MultiAddressKind.Address32, registry.Array(AccountId.Size, u8), "[u8; 32]"),
                Variant(MultiAddressKind.Address20, registry.Array(Address20Length, u8), "[u8; 20]"),
            ]),
            []);
    });

    /// <summary>The form and its bytes or number.</summary>
    public override string ToString() => Kind == MultiAddressKind.Index ? $"{Kind} {_index}" : $"{Kind} {Hex.Format(Bytes)}";

    private static TypeVariant Variant(MultiAddressKind kind, int type, string typeName) =>
        new(kind.ToString(), [new TypeField(null, type, typeName, [])], (byte)kind, []);
}
