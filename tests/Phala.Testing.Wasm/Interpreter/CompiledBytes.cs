using Phala.Wasm;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>The bytes that the compilation of a module's functions is charged as: those of their code, and what the code implies.</summary>
internal sealed class CompiledBytes(ModuleDefinition module)
{
    private readonly IndexSpaces _spaces = new(module);

    public long OfAll() => Enumerable.Range(0, module.Bodies.Count).Sum(Of);

    private long Of(int index)
    {
        FunctionBody body = module.Bodies[index];
        long bytes = FuelCosts.CompiledFunction + body.Code.Length + body.Locals.Sum(group => (long)group.Count);
        Stack<int> arities = new([_spaces.TypeOf((uint)(_spaces.ImportedFunctions + index)).Results.Length]);
        InstructionReader reader = new(body.Code.Span, ResourceLimits.Default);
        while (!reader.AtEnd && reader.TryRead(out Instruction instruction)) bytes += Implied(instruction, reader.Labels, arities);
        return bytes;
    }

    /// <summary>What an instruction implies, where the labels that are open, innermost first, take so many values.</summary>
    private long Implied(Instruction instruction, List<uint> labels, Stack<int> arities)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Block or Opcode.If:
                arities.Push(_spaces.BlockType(instruction.Bits).Results.Length);
                return 0;
            case Opcode.Loop:
                arities.Push(_spaces.BlockType(instruction.Bits).Parameters.Length);
                return 0;
            case Opcode.End:
                arities.Pop();
                return 0;
            case Opcode.Br or Opcode.BrIf:
                return FuelCosts.CompiledValue * arities.ElementAt((int)instruction.Index);
            case Opcode.BrTable:
                return FuelCosts.CompiledValue * labels.Append(instruction.Index).Sum(label => arities.ElementAt((int)label));
            case Opcode.Return:
                return FuelCosts.CompiledValue * arities.Last();
            case Opcode.GlobalGet or Opcode.GlobalSet:
                return FuelCosts.CompiledValue;
            case Opcode.Call:
                return OfCall(_spaces.TypeOf(instruction.Index));
            case Opcode.CallIndirect:
                return OfCall(_spaces.Types[(int)instruction.Index]);
            default:
                return 0;
        }
    }

    private static long OfCall(FunctionType type) => FuelCosts.CompiledCall + (FuelCosts.CompiledValue * (type.Parameters.Length + type.Results.Length));
}
