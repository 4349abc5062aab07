using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>A command that may be executed.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Origin">Who calls it.</param>
/// <param name="IsFree">Whether its gas is free: the chain's own commands.</param>
/// <param name="Nonce">What its sender gave it.</param>
/// <param name="Message">Selector and arguments. Any bytes.</param>
/// <param name="Transfer">Tokens that the contract is given.</param>
/// <param name="GasLimit">What it may take.</param>
/// <param name="DepositLimit">What it may lock at most; none for any amount.</param>
/// <param name="ReplyKey">What the outcome is sealed to.</param>
internal sealed record CheckedCommand(
    Hash256 Contract, AccountId Origin, bool IsFree, Vec<byte> Nonce, Vec<byte> Message, UInt128 Transfer, ulong GasLimit, Option<UInt128> DepositLimit, Option<X25519PublicKey> ReplyKey);
