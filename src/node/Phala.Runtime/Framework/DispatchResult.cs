using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Framework;

/// <summary>How a call ended: well, perhaps lighter than announced, or with an error, after which it has changed nothing.</summary>
public readonly struct DispatchResult
{
    private readonly DispatchError _error;

    private DispatchResult(bool isError, DispatchError error, Weight? actualWeight, Pays? pays)
    {
        (IsError, _error) = (isError, error);
        (ActualWeight, PaysFee) = (actualWeight, pays);
    }

    /// <summary>Well.</summary>
    public static DispatchResult Ok => default;

    /// <summary>Whether it is an error.</summary>
    public bool IsError { get; }

    /// <summary>What the call weighed; null for what was announced.</summary>
    public Weight? ActualWeight { get; }

    /// <summary>Whether it costs a fee after all; null for what was announced.</summary>
    public Pays? PaysFee { get; }

    /// <summary>Well, and lighter than announced.</summary>
    public static DispatchResult OkWith(Weight actualWeight, Pays? pays = null) => new(false, default, actualWeight, pays);

    /// <summary>An error, after which less was done than announced.</summary>
    public static DispatchResult ErrorWith(DispatchError error, Weight actualWeight) => new(true, error, actualWeight, null);

    /// <summary>An error.</summary>
    public static implicit operator DispatchResult(DispatchError error) => new(true, error, null, null);

    /// <summary>The error, where it is one.</summary>
    public bool Failed(out DispatchError error)
    {
        error = _error;
        return IsError;
    }

    /// <summary>As events tell it.</summary>
    public Result<Unit, DispatchError> ToResult() => IsError ? Result<Unit, DispatchError>.Err(_error) : Result<Unit, DispatchError>.Ok(default);
}
