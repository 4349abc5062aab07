using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Codec;

/// <summary>
/// A codec under hostile input: what it accepts must encode to the same bytes again, in exactly the announced length, and it may take no more memory than
/// 64 bytes for each byte of input.
/// </summary>
/// <param name="name">The target's name.</param>
/// <param name="values">Valid values.</param>
/// <param name="outer">
/// Input counts as past the outermost check when its error lies at or behind this offset. The errors of a single item all lie at its start: with 0, the
/// input counts when it holds all the bytes that its first one announces.
/// </param>
/// <param name="errors">The errors that hostile input must cause.</param>
public sealed class DecodeTarget<TCodec, T>(string name, IReadOnlyList<T> values, int outer, params ScaleError[] errors) : FuzzTarget
    where TCodec : IScaleCodec<T>
{
    private const int Amplification = 64;

    /// <summary>Elements that take no bytes, the reader's allowance of them, and the objects of the run itself.</summary>
    private const int Allowance = 2 * ScaleReader.MaxZeroLengthElements;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. values.Select(value => Scale.Encode<TCodec, T>(value))];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. errors.Select(error => error.ToString())];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (Amplification * (long)inputLength) + Allowance;

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        DecodeResult<T> result = Scale.Decode<TCodec, T>(input);
        if (!result.IsOk)
        {
            if ((uint)result.Position > (uint)input.Length) throw new InvalidOperationException($"{result} lies outside of the input");
            return new FuzzOutcome(outer == 0 ? result.Error != ScaleError.UnexpectedEnd : result.Position >= outer, result.Error.ToString());
        }

        if (TCodec.EncodedLength(result.Value) != input.Length) throw new InvalidOperationException("the encoded length is wrong");
        if (!Scale.Encode<TCodec, T>(result.Value).AsSpan().SequenceEqual(input)) throw new InvalidOperationException("the value encodes to other bytes");
        return new FuzzOutcome(PassedOuter: true, Error: null);
    }
}
