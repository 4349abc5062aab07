using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>An open block in emitted code.</summary>
/// <param name="Block">Its opcode and reachability.</param>
/// <param name="Type">Its parameters and results.</param>
/// <param name="Height">The operands below it.</param>
/// <param name="Label">Where branches to it lead: a loop's start, otherwise the end.</param>
/// <param name="Else">Where an <c>if</c> leads when its condition is zero.</param>
internal readonly record struct LabelFrame(OpenBlock Block, FunctionType Type, int Height, Label Label, Label Else)
{
    /// <summary>What a branch passes.</summary>
    public ReadOnlySpan<ValueKind> LabelTypes => Block.Opcode == Opcode.Loop ? Type.Parameters : Type.Results;
}
