using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>One CIL instruction.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Code">The operation.</param>
/// <param name="Operand">Its operand: a number, a token, a branch's target.</param>
/// <param name="Targets">The targets of a switch, otherwise null.</param>
internal readonly record struct Instruction(int Offset, ILOpCode Code, long Operand, int[]? Targets);
