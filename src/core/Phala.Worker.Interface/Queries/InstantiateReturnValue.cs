using Phala.Chain;
using Phala.Codec;

namespace Phala.Worker.Interface.Queries;

/// <summary>What a constructor returned.</summary>
/// <param name="Result">Flags and output.</param>
/// <param name="AccountId">The contract.</param>
[Scale("pallet_contracts_primitives::InstantiateReturnValue")]
public sealed partial record InstantiateReturnValue(ExecReturnValue Result, AccountId AccountId);
