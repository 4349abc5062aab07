using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Results: 0 and the value, or 1 and the error.</summary>
public readonly struct ResultCodec<TCodec, T, TErrorCodec, TError> : IScaleCodec<Result<T, TError>>
    where TCodec : IScaleCodec<T>
    where TErrorCodec : IScaleCodec<TError>
{
    /// <summary>1: a type may contain itself in a result, so its least length must not be asked for.</summary>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out Result<T, TError> value)
    {
        value = default;
        if (!reader.TryReadResult(out bool isError)) return false;
        if (isError)
        {
            if (!TErrorCodec.TryDecode(ref reader, out TError? error)) return false;
            value = Result<T, TError>.Err(error);
        }
        else
        {
            if (!TCodec.TryDecode(ref reader, out T? ok)) return false;
            value = Result<T, TError>.Ok(ok);
        }

        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Result<T, TError> value)
    {
        writer.WriteBool(value.IsError);
        if (value.TryGet(out T? ok, out TError? error)) TCodec.Encode(ref writer, ok);
        else TErrorCodec.Encode(ref writer, error);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in Result<T, TError> value) =>
        1 + (value.TryGet(out T? ok, out TError? error) ? TCodec.EncodedLength(ok) : TErrorCodec.EncodedLength(error));

    /// <summary>Values come before errors.</summary>
    public static int Compare(in Result<T, TError> left, in Result<T, TError> right)
    {
        bool isLeftOk = left.TryGet(out T? a, out TError? aError), isRightOk = right.TryGet(out T? b, out TError? bError);
        if (isLeftOk != isRightOk) return isLeftOk ? -1 : 1;
        return isLeftOk ? TCodec.Compare(a!, b!) : TErrorCodec.Compare(aError!, bError!);
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Result(TCodec.Describe(registry), TErrorCodec.Describe(registry));
}
