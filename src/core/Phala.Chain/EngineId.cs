using System.Buffers.Binary;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;

namespace Phala.Chain;

/// <summary>Four letters that say for whom a digest item or a justification is. Metadata shows them as <c>[u8; 4]</c>.</summary>
public readonly record struct EngineId : IScale<EngineId>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 4;

    private readonly uint _letters;

    /// <summary>Takes the letters.</summary>
    /// <exception cref="ArgumentException">There are not four of them.</exception>
    public EngineId(ReadOnlySpan<byte> letters)
    {
        if (letters.Length != Size) throw new ArgumentException("An engine has four letters.", nameof(letters));
        _letters = BinaryPrimitives.ReadUInt32LittleEndian(letters);
    }

    private EngineId(uint letters) => _letters = letters;

    /// <summary>Block authorship by Aura.</summary>
    public static EngineId Aura => new("aura"u8);

    /// <summary>Finality by GRANDPA.</summary>
    public static EngineId Grandpa => new("FRNK"u8);

    /// <summary>The message queue's head.</summary>
    public static EngineId MessageQueue => new("phmq"u8);

    /// <inheritdoc/>
    public static int MinimumLength => Size;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out EngineId value)
    {
        bool read = reader.TryReadUInt32(out uint letters);
        value = new EngineId(letters);
        return read;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in EngineId value) => writer.WriteUInt32(value._letters);

    /// <inheritdoc/>
    public static int EncodedLength(in EngineId value) => Size;

    /// <inheritdoc/>
    public static int Compare(in EngineId left, in EngineId right) =>
        BinaryPrimitives.ReverseEndianness(left._letters).CompareTo(BinaryPrimitives.ReverseEndianness(right._letters));

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Array(Size, U8Codec.Describe(registry));

    /// <summary>Writes the letters.</summary>
    /// <param name="destination">At least four bytes.</param>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt32LittleEndian(destination, _letters);

    /// <summary>The letters where they are printable, otherwise hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> letters = stackalloc byte[Size];
        CopyTo(letters);
        foreach (byte letter in letters)
        {
            if (letter is < 0x20 or > 0x7E) return Hex.Format(letters);
        }

        return System.Text.Encoding.ASCII.GetString(letters);
    }
}
