using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>Why state changes can't be kept apart.</summary>
[Scale("sp_runtime::TransactionalError")]
public enum TransactionalError : byte
{
    /// <summary>Calls are nested too deeply.</summary>
    LimitReached = 0,

    /// <summary>There is no transaction.</summary>
    NoLayer = 1,
}
