using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>Tokens held back for one reason.</summary>
/// <param name="Id">The reason's name.</param>
/// <param name="Amount">How much.</param>
[Scale("pallet_balances::types::ReserveData")]
public readonly partial record struct ReserveData(ReserveId Id, UInt128 Amount);
