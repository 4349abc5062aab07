namespace Phala.Codec;

/// <summary>Why bytes are not the SCALE encoding of a value. The list is closed: no decoder of this library fails in another way.</summary>
public enum ScaleError : byte
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The input ends inside a value.</summary>
    UnexpectedEnd,

    /// <summary>A compact integer is written in more bytes than it needs.</summary>
    NonMinimalCompact,

    /// <summary>A compact integer is larger than its type can hold.</summary>
    CompactOverflow,

    /// <summary>A boolean byte is neither 0 nor 1.</summary>
    InvalidBool,

    /// <summary>The first byte of an option is neither 0 (none) nor 1 (some).</summary>
    InvalidOption,

    /// <summary>The first byte of a result is neither 0 (ok) nor 1 (error).</summary>
    InvalidResult,

    /// <summary>The index byte of an enum names none of its variants.</summary>
    UnknownVariant,

    /// <summary>The bytes of a string are not well-formed UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A character is a surrogate or above U+10FFFF.</summary>
    InvalidChar,

    /// <summary>A length prefix promises more elements than the rest of the input can hold.</summary>
    LengthExceedsInput,

    /// <summary>The input promises more elements of zero encoded length than <see cref="ScaleReader.MaxZeroLengthElements"/>.</summary>
    TooManyElements,

    /// <summary>The keys of a map or the elements of a set are not in ascending order.</summary>
    NotSorted,

    /// <summary>A map or set holds the same key twice.</summary>
    DuplicateKey,

    /// <summary>A bit sequence has a bit set after its last one.</summary>
    NonZeroPadding,

    /// <summary>Values of a recursive type are nested deeper than the reader allows.</summary>
    NestingTooDeep,

    /// <summary>Bytes are left over after the value.</summary>
    TrailingBytes,
}
