using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>The name of a reason to hold tokens back.</summary>
[Scale(""), FixedBytes(8)]
public readonly partial struct ReserveId;
