namespace Phala.Codec.TypeInfo;

/// <summary>The types that a registry takes for granted; the values are their indices in an encoded registry.</summary>
public enum Primitive : byte
{
    /// <summary>A boolean.</summary>
    Bool = 0,

    /// <summary>A Unicode scalar value.</summary>
    Char = 1,

    /// <summary>A UTF-8 string.</summary>
    Str = 2,

    /// <summary>Unsigned, 8 bits.</summary>
    U8 = 3,

    /// <summary>Unsigned, 16 bits.</summary>
    U16 = 4,

    /// <summary>Unsigned, 32 bits.</summary>
    U32 = 5,

    /// <summary>Unsigned, 64 bits.</summary>
    U64 = 6,

    /// <summary>Unsigned, 128 bits.</summary>
    U128 = 7,

    /// <summary>Unsigned, 256 bits.</summary>
    U256 = 8,

    /// <summary>Signed, 8 bits.</summary>
    I8 = 9,

    /// <summary>Signed, 16 bits.</summary>
    I16 = 10,

    /// <summary>Signed, 32 bits.</summary>
    I32 = 11,

    /// <summary>Signed, 64 bits.</summary>
    I64 = 12,

    /// <summary>Signed, 128 bits.</summary>
    I128 = 13,

    /// <summary>Signed, 256 bits.</summary>
    I256 = 14,
}
