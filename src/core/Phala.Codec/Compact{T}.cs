namespace Phala.Codec;

/// <summary>An unsigned integer that is written in compact form wherever it stands, as Rust's <c>Compact&lt;T&gt;</c>.</summary>
/// <typeparam name="T">The integer's type.</typeparam>
/// <param name="Value">The integer.</param>
public readonly record struct Compact<T>(T Value)
    where T : struct
{
    /// <summary>Wraps.</summary>
    public static implicit operator Compact<T>(T value) => new(value);

    /// <summary>Unwraps.</summary>
    public static implicit operator T(Compact<T> compact) => compact.Value;
}
