using Phala.Wasm.Binary;

namespace Phala.Wasm.Validation;

/// <summary>An open block.</summary>
/// <param name="Opcode">What opened it; <see cref="Opcode.Else"/> for the second half of an <c>if</c>, <see cref="Opcode.Call"/> for the function itself.</param>
/// <param name="Type">Its parameters and results.</param>
/// <param name="Height">The operands below it.</param>
/// <param name="Unreachable">Whether the code at hand cannot be reached, so that operands may be assumed.</param>
internal record struct ControlFrame(Opcode Opcode, FunctionType Type, int Height, bool Unreachable)
{
    /// <summary>What a branch to this block's label passes.</summary>
    public readonly ReadOnlySpan<ValueKind> LabelTypes => Opcode == Opcode.Loop ? Type.Parameters : Type.Results;
}
