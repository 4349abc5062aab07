using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>What a sealed command says.</summary>
/// <param name="Message">Selector and arguments.</param>
/// <param name="Transfer">Tokens that the contract is given, in units of 10⁻¹² PHA.</param>
/// <param name="GasLimit">What it may take.</param>
/// <param name="StorageDepositLimit">What it may lock at most; none for any amount.</param>
/// <param name="ReplyKey">What the outcome is sealed to; none where nobody wants to know it.</param>
[Scale]
public sealed partial record CommandBody(Vec<byte> Message, UInt128 Transfer, ulong GasLimit, Option<UInt128> StorageDepositLimit, Option<X25519PublicKey> ReplyKey);
