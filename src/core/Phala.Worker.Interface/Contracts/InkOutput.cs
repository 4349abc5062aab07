using System.Diagnostics.CodeAnalysis;
using Phala.Codec;

namespace Phala.Worker.Interface.Contracts;

/// <summary>Outputs in the form of ink! 4: <c>Result&lt;T, LangError&gt;</c>.</summary>
public static class InkOutput
{
    /// <summary>Reads an output.</summary>
    /// <param name="output">Its bytes.</param>
    /// <param name="value">What the contract returned.</param>
    /// <returns>False where the contract could not read its input, or returned something else.</returns>
    public static bool TryRead<TCodec, T>(ReadOnlySpan<byte> output, [MaybeNullWhen(false)] out T value)
        where TCodec : IScaleCodec<T>
    {
        value = default;
        return output.Length > 0 && output[0] == 0 && Scale.Decode<TCodec, T>(output[1..]).TryGet(out value);
    }

    /// <summary>Reads an output that is itself a result.</summary>
    /// <param name="output">Its bytes.</param>
    /// <param name="value">What the contract returned.</param>
    /// <param name="error">Why it did not.</param>
    /// <returns>Null where it is neither; otherwise whether it is a value.</returns>
    public static bool? TryReadResult<TCodec, T, TErrorCodec, TError>(ReadOnlySpan<byte> output, out T? value, out TError? error)
        where TCodec : IScaleCodec<T>
        where TErrorCodec : IScaleCodec<TError>
    {
        (value, error) = (default, default);
        if (output.Length < 2 || output[0] != 0) return null;
        return output[1] switch
        {
            0 => Scale.Decode<TCodec, T>(output[2..]).TryGet(out value) ? true : null,
            1 => Scale.Decode<TErrorCodec, TError>(output[2..]).TryGet(out error) ? false : null,
            _ => null,
        };
    }
}
