using Phala.Codec;

namespace Phala.Runtime.Interface.Transactions;

/// <summary>How the pool orders a valid transaction among others.</summary>
/// <param name="Priority">Higher is sooner, where the tags leave a choice.</param>
/// <param name="Requires">Tags that others must provide before.</param>
/// <param name="Provides">Tags that it provides, at least one; two that provide the same can't both be.</param>
/// <param name="Longevity">For how many blocks it is worth keeping before it is validated again; not 0.</param>
/// <param name="Propagate">Whether it is sent to peers.</param>
[Scale("sp_runtime::transaction_validity::ValidTransaction")]
public sealed partial record ValidTransaction(ulong Priority, Vec<Vec<byte>> Requires, Vec<Vec<byte>> Provides, ulong Longevity, bool Propagate);
