namespace Phala.Contracts.Compiler.Reading;

/// <summary>A protected region whose handler always runs.</summary>
/// <param name="TryStart">The first offset of the region.</param>
/// <param name="TryEnd">The first offset behind it.</param>
/// <param name="HandlerStart">The first offset of the handler.</param>
/// <param name="HandlerEnd">The first offset behind it.</param>
internal readonly record struct Handler(int TryStart, int TryEnd, int HandlerStart, int HandlerEnd);
