using System.Diagnostics.CodeAnalysis;

namespace Phala.Codec;

/// <summary>A value, or an error instead. The default value is ok with the default of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <typeparam name="TError">The type of the error.</typeparam>
public readonly record struct Result<T, TError>
{
    private readonly T? _value;
    private readonly TError? _error;

    private Result(bool isError, T? value, TError? error)
    {
        IsError = isError;
        _value = value;
        _error = error;
    }

    /// <summary>Whether there is an error instead of a value.</summary>
    public bool IsError { get; }

    /// <summary>A value.</summary>
    public static Result<T, TError> Ok(T value) => new(isError: false, value, default);

    /// <summary>An error.</summary>
    public static Result<T, TError> Err(TError error) => new(isError: true, default, error);

    /// <summary>The value, or else the error.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [MaybeNullWhen(true)] out TError error)
    {
        value = _value;
        error = _error;
        return !IsError;
    }

    /// <inheritdoc/>
    public override string ToString() => IsError ? $"Err({_error})" : $"Ok({_value})";
}
