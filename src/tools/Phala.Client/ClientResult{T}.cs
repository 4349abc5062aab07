using System.Diagnostics.CodeAnalysis;

namespace Phala.Client;

/// <summary>An answer, or why there is none. The default value is neither.</summary>
/// <typeparam name="T">The answer.</typeparam>
public readonly struct ClientResult<T>
{
    private readonly T? _value;

    private ClientResult(T? value, ClientFailure? failure) => (_value, Failure) = (value, failure);

    /// <summary>Whether there is an answer.</summary>
    public bool IsOk => Failure is null;

    /// <summary>Why there is none; null where there is one.</summary>
    public ClientFailure? Failure { get; }

    /// <summary>An answer.</summary>
    public static implicit operator ClientResult<T>(T value) => new(value, null);

    /// <summary>No answer.</summary>
    public static implicit operator ClientResult<T>(ClientFailure failure) => new(default, failure);

    /// <summary>An answer, also where its type is an interface.</summary>
    public static ClientResult<T> Ok(T value) => new(value, null);

    /// <summary>The answer, or why there is none.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out ClientFailure? failure)
    {
        (value, failure) = (_value, Failure);
        return failure is null;
    }

    /// <summary>The answer, for programs that can do nothing without it.</summary>
    /// <exception cref="ClientException">There is none.</exception>
    public T Require() => Failure is null ? _value! : throw new ClientException(Failure);

    /// <summary>What follows from the answer.</summary>
    public ClientResult<TOther> Then<TOther>(Func<T, ClientResult<TOther>> next) => Failure is null ? next(_value!) : Failure;

    /// <inheritdoc/>
    public override string ToString() => Failure is null ? $"{_value}" : Failure.ToString();
}
