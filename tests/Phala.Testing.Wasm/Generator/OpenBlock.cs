using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>A block that is being written.</summary>
/// <param name="Opcode">Block, loop, if, or call for the function itself.</param>
/// <param name="Type">Its parameters and results.</param>
/// <param name="Height">How many operands lie below it.</param>
internal sealed record OpenBlock(Opcode Opcode, FunctionType Type, int Height)
{
    /// <summary>Whether the code at hand cannot be reached.</summary>
    public bool Dead { get; set; }

    /// <summary>What a branch to its label passes.</summary>
    public ValueKind[] LabelTypes => Opcode == Opcode.Loop ? Type.Parameters.ToArray() : Type.Results.ToArray();
}
