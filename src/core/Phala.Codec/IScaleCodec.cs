using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec;

/// <summary>
/// How values of a type are written in SCALE. The implementing type holds no data: codecs are composed as type arguments, such as
/// <c>VecCodec&lt;U32Codec, uint&gt;</c>, and the compiler turns the composition into straight code.
/// </summary>
/// <remarks>Each width of integer and each size of tuple has a codec of its own, although they read alike: declarations name them, and one generic codec could not choose
/// the primitive it describes without a table that fails at run time.</remarks>
/// <typeparam name="T">The type of the values.</typeparam>
public interface IScaleCodec<T>
{
    /// <summary>The least number of bytes that a value takes.</summary>
    static abstract int MinimumLength { get; }

    /// <summary>Whether every value takes exactly <see cref="MinimumLength"/> bytes.</summary>
    static abstract bool IsFixedLength { get; }

    /// <summary>Reads a value. Total: any bytes give true, or false with the reader's <see cref="ScaleReader.Error"/> set.</summary>
    static abstract bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes a value.</summary>
    static abstract void Encode(ref ScaleWriter writer, in T value);

    /// <summary>Exactly how many bytes <see cref="Encode"/> writes.</summary>
    static abstract int EncodedLength(in T value);

    /// <summary>
    /// The order of keys in maps and sets, which is Rust's derived one: numbers by value, strings by their UTF-8 bytes, sequences and records
    /// element by element, enums by index.
    /// </summary>
    static abstract int Compare(in T left, in T right);

    /// <summary>Adds the type's description to a registry, unless it is there already, and returns its id.</summary>
    static abstract int Describe(TypeRegistryBuilder registry);
}
