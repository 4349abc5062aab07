namespace Phala.Codec.Codecs;

/// <summary>The order of a codec as a comparer, for the collections of .NET.</summary>
public sealed class KeyOrder<TCodec, T> : IComparer<T>
    where TCodec : IScaleCodec<T>
{
    private KeyOrder()
    {
    }

    /// <summary>The only instance.</summary>
    public static KeyOrder<TCodec, T> Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(T? x, T? y) => TCodec.Compare(x!, y!);

    /// <summary>What is wrong with two neighbouring keys, if anything.</summary>
    internal static ScaleError Check(in T earlier, in T later) => TCodec.Compare(earlier, later) switch
    {
        < 0 => ScaleError.None,
        0 => ScaleError.DuplicateKey,
        _ => ScaleError.NotSorted,
    };
}
