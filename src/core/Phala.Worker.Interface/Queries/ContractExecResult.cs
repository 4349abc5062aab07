using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Worker.Interface.Queries;

/// <summary>The answer to a message.</summary>
/// <param name="GasConsumed">What it took, coarsened: see <see cref="Coarsening"/>.</param>
/// <param name="GasRequired">What a command of the kind needs.</param>
/// <param name="StorageDeposit">What it would lock, coarsened.</param>
/// <param name="DebugMessage">What the contract wrote for its developer.</param>
/// <param name="Result">What it returned, or why it did not.</param>
/// <param name="Events">None: a byte that older clients do not read.</param>
[Scale("pallet_contracts_primitives::ContractExecResult")]
public sealed partial record ContractExecResult(
    Weight GasConsumed, Weight GasRequired, StorageDeposit StorageDeposit, Vec<byte> DebugMessage, Result<ExecReturnValue, DispatchError> Result, Option<Vec<byte>> Events);
