using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>The address of a variable, or of a part of it, that nobody needs as a number.</summary>
/// <param name="Variable">A variable in locals.</param>
/// <param name="Type">What is there.</param>
/// <param name="FirstLeaf">Its first scalar.</param>
internal sealed record Place(Variable Variable, ClrType Type, int FirstLeaf);
