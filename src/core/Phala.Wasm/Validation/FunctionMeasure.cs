namespace Phala.Wasm.Validation;

/// <summary>What the validator counts of a function for those who compile it.</summary>
/// <param name="OperandHeight">The most operands on its stack at once.</param>
/// <param name="Calls">Its calls, direct and through tables.</param>
/// <param name="PassedValues">Parameters and results of those calls, what its branches pass to each of their labels, and what is read from and written to globals.</param>
internal readonly record struct FunctionMeasure(int OperandHeight, int Calls, long PassedValues);
