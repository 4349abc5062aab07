namespace Phala.Wasm.Binary;

/// <summary>Initial references of a table.</summary>
/// <param name="Mode">When they are copied.</param>
/// <param name="TableIndex">The table of an active segment.</param>
/// <param name="Offset">Where an active segment begins.</param>
/// <param name="Element">The type of the references.</param>
/// <param name="Items">The references.</param>
public sealed record ElementSegment(SegmentMode Mode, uint TableIndex, ConstantExpression Offset, ValueKind Element, IReadOnlyList<ConstantExpression> Items);
