namespace Phala.Wasm.Binary;

/// <summary>Initial bytes of a memory.</summary>
/// <param name="Mode">When they are copied (never declarative).</param>
/// <param name="Offset">Where an active segment begins.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record DataSegment(SegmentMode Mode, ConstantExpression Offset, ReadOnlyMemory<byte> Bytes);
