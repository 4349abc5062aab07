using Phala.Codec;

namespace Phala.Chain;

/// <summary>Room for the longest signature.</summary>
[Scale, FixedBytes(65)]
internal readonly partial struct SignatureBytes;
