using Phala.Codec;

namespace Phala.Runtime.Interface.Transactions;

/// <summary>Where a transaction comes from.</summary>
[Scale("sp_runtime::transaction_validity::TransactionSource")]
public enum TransactionSource : byte
{
    /// <summary>A block.</summary>
    InBlock = 0,

    /// <summary>This node.</summary>
    Local = 1,

    /// <summary>Anybody.</summary>
    External = 2,
}
