using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>A change of the rules that will happen.</summary>
/// <param name="At">The number of the block that changes the code; the blocks after it follow the new rules.</param>
/// <param name="SpecVersion">Their version.</param>
[Scale("pallet_upgrade::ScheduledUpgrade")]
public readonly partial record struct ScheduledUpgrade(uint At, uint SpecVersion);
