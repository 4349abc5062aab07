using Phala.Codec;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What distinguishes one start of a worker from another.</summary>
[Scale("phala_types::BootNonce"), FixedBytes(32)]
public readonly partial struct BootNonce;
