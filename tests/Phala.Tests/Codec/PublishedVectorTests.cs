using System.Globalization;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>Encodings that others have published.</summary>
public sealed class PublishedVectorTests
{
    private static readonly Dictionary<string, Action<string, byte[]>> Checks = new()
    {
        ["compact"] = (text, hex) => Check<CompactU64Codec, ulong>(ulong.Parse(text, CultureInfo.InvariantCulture), hex),
        ["u16"] = (text, hex) => Check<U16Codec, ushort>(ushort.Parse(text, CultureInfo.InvariantCulture), hex),
        ["u32"] = (text, hex) => Check<U32Codec, uint>(uint.Parse(text, CultureInfo.InvariantCulture), hex),
        ["i8"] = (text, hex) => Check<I8Codec, sbyte>(sbyte.Parse(text, CultureInfo.InvariantCulture), hex),
        ["vec-u8"] = (text, hex) => Check<VecCodec<U8Codec, byte>, Vec<byte>>([.. Numbers(text).Select(byte.Parse)], hex),
        ["vec-u16"] = (text, hex) => Check<VecCodec<U16Codec, ushort>, Vec<ushort>>([.. Numbers(text).Select(ushort.Parse)], hex),
        ["vec-i16"] = (text, hex) => Check<VecCodec<I16Codec, short>, Vec<short>>([.. Numbers(text).Select(part => short.Parse(part, CultureInfo.InvariantCulture))], hex),
        ["vec-option-i8"] = (text, hex) => Check<VecCodec<NullableCodec<I8Codec, sbyte>, sbyte?>, Vec<sbyte?>>(
            [.. Numbers(text).Select(part => part == "none" ? (sbyte?)null : sbyte.Parse(part, CultureInfo.InvariantCulture))], hex),
        ["vec-string"] = (text, hex) => Check<VecCodec<StringCodec, string>, Vec<string>>([.. text.Split('|')], hex),
        ["string"] = (text, hex) => Check<StringCodec, string>(text, hex),
        ["tuple"] = (text, hex) => Check<Tuple2Codec<CompactU32Codec, uint, BoolCodec, bool>, (uint, bool)>((3, false), hex),
        ["result"] = (text, hex) => Check<ResultCodec<U8Codec, byte, BoolCodec, bool>, Result<byte, bool>>(
            text == "ok 42" ? Result<byte, bool>.Ok(42) : Result<byte, bool>.Err(false), hex),
        ["bits"] = (text, hex) => Check<BitSequenceCodec, BitSequence>(BitSequence.Create([.. text.Select(bit => bit == '1')]), hex),
    };

    public static TheoryData<string> Names => new(VectorFile.Read("Codec/Vectors/scale.txt").Select(vector => vector.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void PublishedEncodingsAreReadAndWritten(string name)
    {
        Vector vector = VectorFile.Read("Codec/Vectors/scale.txt").Single(candidate => candidate.Name == name);
        string kind = vector.Keys.Single(key => key != "hex");
        Checks[kind](vector.Text(kind), vector.Bytes("hex"));
    }

    private static string[] Numbers(string text) => text.Split(' ');

    private static void Check<TCodec, T>(T value, byte[] expected)
        where TCodec : IScaleCodec<T>
    {
        Assert.Equal(expected, Scale.Encode<TCodec, T>(value));
        Assert.Equal(expected.Length, TCodec.EncodedLength(value));
        Assert.Equal(value, Scale.Decode<TCodec, T>(expected).Value);
    }
}
