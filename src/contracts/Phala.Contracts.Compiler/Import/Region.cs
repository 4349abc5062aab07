using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Import;

/// <summary>A part of a method that is imported as a whole: the method itself, or one copy of a handler of <c>finally</c>.</summary>
/// <param name="Start">The first instruction's offset.</param>
/// <param name="Blocks">By offset.</param>
/// <param name="Order">Offsets of blocks, each behind one of its predecessors.</param>
/// <param name="Loops">Offsets of blocks that a later one jumps back to.</param>
/// <param name="After">Where a handler goes on when it has run; null for the method itself.</param>
internal sealed record Region(int Start, Dictionary<int, Block> Blocks, IReadOnlyList<int> Order, IReadOnlySet<int> Loops, Block? After);
