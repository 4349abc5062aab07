using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A function's body as a list of instructions, with what belongs to each.</summary>
internal sealed class OracleCode
{
    public OracleCode(FunctionType type, FunctionBody body, int operandHeight, ResourceLimits limits)
    {
        List<Instruction> instructions = [];
        InstructionReader reader = new(body.Code.Span, limits);
        while (!reader.AtEnd && reader.TryRead(out Instruction instruction))
        {
            if (instruction.Opcode == Opcode.BrTable) BranchTables[instructions.Count] = [.. reader.Labels];
            instructions.Add(instruction);
        }

        Instructions = [.. instructions];
        Locals = [.. type.Parameters, .. body.Locals.SelectMany(group => Enumerable.Repeat(group.Kind, (int)group.Count))];
        MatchBlocks();
        FuelPlan plan = new(this, Locals.Length - type.Parameters.Length);
        Costs = plan.Costs;
        FrameBytes = FrameCharge.Fixed + (FrameCharge.PerLocal * (long)Locals.Length) + (FrameCharge.PerOperand * (long)operandHeight)
            + (FrameCharge.PerCodeByte * (long)body.Code.Length);
    }

    public Instruction[] Instructions { get; }

    /// <summary>The types of parameters and local variables.</summary>
    public ValueKind[] Locals { get; }

    /// <summary>For each block, loop and if: where its end stands. For each else: likewise.</summary>
    public Dictionary<int, int> Ends { get; } = [];

    /// <summary>For each if that has one: where its else stands.</summary>
    public Dictionary<int, int> Elses { get; } = [];

    /// <summary>For each br_table: its labels without the default one.</summary>
    public Dictionary<int, uint[]> BranchTables { get; } = [];

    /// <summary>The fuel to charge before each instruction; mostly nothing.</summary>
    public long[] Costs { get; }

    /// <summary>The stack that a call is charged.</summary>
    public long FrameBytes { get; }

    private void MatchBlocks()
    {
        Stack<int> open = new();
        for (int at = 0; at < Instructions.Length; at++)
        {
            switch (Instructions[at].Opcode)
            {
                case Opcode.Block or Opcode.Loop or Opcode.If:
                    open.Push(at);
                    break;
                case Opcode.Else:
                    Elses[open.Peek()] = at;
                    break;
                case Opcode.End when open.Count > 0:
                    int start = open.Pop();
                    Ends[start] = at;
                    if (Elses.TryGetValue(start, out int half)) Ends[half] = at;
                    break;
                default:
                    break;
            }
        }
    }
}
