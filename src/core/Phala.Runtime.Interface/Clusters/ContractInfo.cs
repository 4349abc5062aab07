using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What a contract is made of.</summary>
/// <param name="Deployer">Who makes it.</param>
/// <param name="CodeIndex">Its code.</param>
/// <param name="Salt">What distinguishes it from others of the same deployer and code.</param>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="InstantiateData">Selector and arguments of the constructor.</param>
[Scale("phala_types::contract::ContractInfo")]
public sealed partial record ContractInfo(AccountId Deployer, CodeIndex CodeIndex, Vec<byte> Salt, Hash256 ClusterId, Vec<byte> InstantiateData)
{
    /// <summary>The contract's id.</summary>
    public Hash256 Id() => ContractId.Of(Deployer, ((CodeIndex.WasmCode)CodeIndex).Hash, ClusterId, Salt.AsSpan());
}
