using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What a cluster begins with.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Deposit">What the owner has in it, in units of 10⁻¹² PHA.</param>
/// <param name="GasPrice">The price of one unit of gas.</param>
/// <param name="DepositPerItem">What a stored item locks.</param>
/// <param name="DepositPerByte">What a stored byte locks.</param>
/// <param name="TreasuryAccount">Who is paid for gas.</param>
/// <param name="SystemCode">The hash of the system contract's code; see <see cref="ContractId"/>.</param>
[Scale("phala_types::messaging::ClusterSetup")]
public readonly partial record struct ClusterSetup(
    AccountId Owner, UInt128 Deposit, UInt128 GasPrice, UInt128 DepositPerItem, UInt128 DepositPerByte, AccountId TreasuryAccount, Hash256 SystemCode);
