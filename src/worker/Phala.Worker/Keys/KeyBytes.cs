using Phala.Codec;

namespace Phala.Worker.Keys;

/// <summary>32 secret bytes within a sealed file.</summary>
[Scale, FixedBytes(32)]
internal readonly partial struct KeyBytes;
