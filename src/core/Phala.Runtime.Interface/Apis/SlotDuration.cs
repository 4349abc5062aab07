using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>The length of a slot.</summary>
/// <param name="Milliseconds">In milliseconds.</param>
[Scale("sp_consensus_slots::SlotDuration", Unnamed = true)]
public readonly partial record struct SlotDuration(ulong Milliseconds);
