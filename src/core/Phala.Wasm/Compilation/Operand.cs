using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>An operand as the compiler knows it.</summary>
/// <param name="Place">Where its value is.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Bits">The local's index or the constant's bits.</param>
/// <param name="Depth">The depth of the expression that makes it on the evaluation stack.</param>
/// <param name="MayBeAnyNaN">Whether it came from arithmetic and may be a NaN that is not canonical yet.</param>
internal readonly record struct Operand(OperandPlace Place, ValueKind Kind, ulong Bits = 0, int Depth = 0, bool MayBeAnyNaN = false);
