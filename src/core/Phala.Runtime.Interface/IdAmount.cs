using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>An amount under a name.</summary>
/// <param name="Id">The name.</param>
/// <param name="Amount">How much.</param>
[Scale("frame_support::traits::tokens::misc::IdAmount")]
public readonly partial record struct IdAmount(ReserveId Id, UInt128 Amount);
