using Phala.Codec;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What is done with contracts.</summary>
[Scale("phala_types::messaging::ContractOperation")]
public abstract partial record ContractOperation
{
    private ContractOperation()
    {
    }

    /// <summary>A contract is made.</summary>
    /// <param name="ContractInfo">Of what.</param>
    /// <param name="Transfer">Tokens that it is given.</param>
    /// <param name="GasLimit">What its constructor may take.</param>
    /// <param name="StorageDepositLimit">What it may lock at most; none for any amount.</param>
    [Variant(0)]
    public sealed record InstantiateCode(ContractInfo ContractInfo, UInt128 Transfer, ulong GasLimit, Option<UInt128> StorageDepositLimit) : ContractOperation;
}
