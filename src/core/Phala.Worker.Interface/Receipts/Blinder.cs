using Phala.Codec;

namespace Phala.Worker.Interface.Receipts;

/// <summary>What hides an outcome in its commitment.</summary>
[Scale, FixedBytes(32)]
public readonly partial struct Blinder;
