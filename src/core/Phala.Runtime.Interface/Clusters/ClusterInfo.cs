using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>A cluster, as the chain has it.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Permission">Who may add to it.</param>
/// <param name="SystemContract">Its system contract.</param>
/// <param name="GasPrice">The price of one unit of gas, in units of 10⁻¹² PHA.</param>
/// <param name="DepositPerItem">What a stored item locks.</param>
/// <param name="DepositPerByte">What a stored byte locks.</param>
[Scale("phala_types::ClusterInfo")]
public sealed partial record ClusterInfo(
    AccountId Owner, ClusterAccess Permission, Hash256 SystemContract, UInt128 GasPrice, UInt128 DepositPerItem, UInt128 DepositPerByte);
