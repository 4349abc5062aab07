using Phala.Codec;

namespace Phala.Runtime.Interface.Workers;

/// <summary>What identifies a worker's program: a hash of the files that it consists of.</summary>
[Scale("phala_types::Measurement"), FixedBytes(32)]
public readonly partial struct Measurement;
