using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>A random valid module.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Definition">The module.</param>
/// <param name="Entries">
/// In portable modules: the names of the exported functions, which take no parameters and give integers, in the order in which to call them.
/// The last one is <see cref="ModuleGenerator.HashName"/>, which digests the memory, tables and globals.
/// </param>
/// <param name="Functions">In other modules: the names of the exported functions with their types.</param>
/// <param name="CallBudget">The exported global that counts calls down, to be set before each call from outside; entries of portable modules set it themselves.</param>
public sealed record GeneratedModule(
    int Seed, ModuleDefinition Definition, IReadOnlyList<string> Entries, IReadOnlyList<(string Name, FunctionType Type)> Functions, string CallBudget)
{
    /// <summary>The module in the binary format.</summary>
    public byte[] Bytes { get; } = ModuleWriter.Write(Definition);

    /// <summary>The instructions that occur in its functions.</summary>
    public IReadOnlySet<Opcode> Opcodes => ReadOpcodes();

    private HashSet<Opcode> ReadOpcodes()
    {
        HashSet<Opcode> found = [];
        foreach (FunctionBody body in Definition.Bodies)
        {
            InstructionReader reader = new(body.Code.Span, ResourceLimits.Default);
            while (!reader.AtEnd && reader.TryRead(out Instruction instruction)) found.Add(instruction.Opcode);
        }

        return found;
    }
}
