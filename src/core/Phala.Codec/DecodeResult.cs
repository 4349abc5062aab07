using System.Diagnostics.CodeAnalysis;

namespace Phala.Codec;

/// <summary>A decoded value, or why there is none and where.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct DecodeResult<T>
{
    internal DecodeResult(T value) => Value = value;

    internal DecodeResult(ScaleError error, int position)
    {
        Error = error;
        Position = position;
    }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Error == ScaleError.None;

    /// <summary>The value; the type's default where <see cref="IsOk"/> is false.</summary>
    public T? Value { get; }

    /// <summary>What is wrong with the bytes.</summary>
    public ScaleError Error { get; }

    /// <summary>The offset of the item that is wrong; 0 where nothing is.</summary>
    public int Position { get; }

    /// <summary>The value, where there is one.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = Value;
        return IsOk;
    }

    /// <inheritdoc/>
    public override string ToString() => IsOk ? $"{Value}" : $"{Error} at {Position}";
}
