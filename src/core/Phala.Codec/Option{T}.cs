using System.Diagnostics.CodeAnalysis;

namespace Phala.Codec;

/// <summary>A value or none. Where nesting does not occur, <c>T?</c> says the same more shortly, and is written in the same bytes.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct Option<T>
{
    private readonly T _value;

    /// <summary>Some value.</summary>
    public Option(T value)
    {
        _value = value;
        IsSome = true;
    }

    /// <summary>No value.</summary>
    public static Option<T> None => default;

    /// <summary>Whether there is a value.</summary>
    public bool IsSome { get; }

    /// <summary>The value, where there is one.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsSome;
    }

    /// <inheritdoc/>
    public override string ToString() => IsSome ? $"Some({_value})" : "None";
}
