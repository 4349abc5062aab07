using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>How many bytes of extrinsics a block may hold.</summary>
/// <param name="Normal">Of users' calls.</param>
/// <param name="Operational">Of calls that keep the chain working, users' calls included.</param>
/// <param name="Mandatory">Of all.</param>
[Scale("frame_system::limits::BlockLength")]
public readonly partial record struct BlockLength(uint Normal, uint Operational, uint Mandatory);
