using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>Tokens that can't be spent for one reason.</summary>
/// <param name="Id">The reason's name, 8 bytes.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reasons">What they can't be spent on: 0 fees, 1 anything but fees, 2 anything.</param>
[Scale("pallet_balances::types::BalanceLock")]
public readonly partial record struct BalanceLock(ReserveId Id, UInt128 Amount, byte Reasons);
