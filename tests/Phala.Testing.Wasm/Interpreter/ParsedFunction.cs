using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A function's instructions as a list, with blocks matched and reachability found by following every edge.</summary>
internal sealed class ParsedFunction
{
    public ParsedFunction(FunctionBody body, ResourceLimits limits)
    {
        List<ParsedInstruction> code = [];
        InstructionReader reader = new(body.Code.Span, limits);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out Instruction instruction)) throw new InvalidDataException("The body is not valid.");
            code.Add(new ParsedInstruction(instruction, instruction.Opcode == Opcode.BrTable ? [.. reader.Labels, instruction.Index] : []));
        }

        Code = [.. code];
        Locals = [.. body.Locals.SelectMany(group => Enumerable.Repeat(group.Kind, (int)group.Count))];
        Match();
        Follow();
    }

    public ParsedInstruction[] Code { get; }

    public ValueKind[] Locals { get; }

    /// <summary>The fuel of the segment that begins at an instruction: everything up to the next place where a segment begins or control leaves.</summary>
    public long SegmentCost(int from)
    {
        long cost = from == 0 ? (Locals.Length + FuelCosts.LocalsPerUnit - 1) / FuelCosts.LocalsPerUnit : 0;
        for (int at = from; at < Code.Length; at++)
        {
            ParsedInstruction parsed = Code[at];
            cost += FuelCosts.Of(parsed.Instruction.Opcode, parsed.Instruction.Info);
            if (EndsSegment(parsed)) return cost;
        }

        return cost;
    }

    /// <summary>The index of the instruction that opened the block around an instruction at some depth, or -1 for the function.</summary>
    public int BlockAt(int at, uint depth)
    {
        int open = Enclosing(at);
        for (uint i = 0; i < depth; i++) open = Enclosing(open);
        return open;
    }

    private static bool EndsSegment(ParsedInstruction parsed)
    {
        switch (parsed.Instruction.Opcode)
        {
            case Opcode.Loop or Opcode.If or Opcode.Else or Opcode.BrIf or Opcode.Br or Opcode.BrTable or Opcode.Return or Opcode.Unreachable:
                return true;
            case Opcode.End:
                return parsed.Joins;
            default:
                return false;
        }
    }

    private void Match()
    {
        Stack<int> open = new();
        for (int at = 0; at < Code.Length; at++)
        {
            ParsedInstruction parsed = Code[at];
            parsed.Parent = open.Count > 0 ? open.Peek() : -1;
            switch (parsed.Instruction.Opcode)
            {
                case Opcode.Block or Opcode.Loop or Opcode.If:
                    open.Push(at);
                    break;
                case Opcode.Else:
                    Code[open.Peek()].Else = at;
                    parsed.Start = open.Peek();
                    break;
                case Opcode.End when open.Count > 0:
                    Close(open.Pop(), at);
                    break;
                default:
                    break;
            }
        }
    }

    private void Close(int start, int end)
    {
        ParsedInstruction opener = Code[start];
        Code[end].Start = start;
        Code[end].Joins = opener.Instruction.Opcode == Opcode.If;
        opener.End = end;
        if (opener.Else > 0) Code[opener.Else].End = end;
        else opener.Else = end;
    }

    private int Enclosing(int at) => at < 0 ? -1 : Code[at].Parent;

    private void Follow()
    {
        Stack<int> work = new([0]);
        while (work.TryPop(out int at))
        {
            if (at >= Code.Length || Code[at].Reachable) continue;
            Code[at].Reachable = true;
            foreach (int next in Successors(at)) work.Push(next);
        }
    }

    private IEnumerable<int> Successors(int at)
    {
        ParsedInstruction parsed = Code[at];
        switch (parsed.Instruction.Opcode)
        {
            case Opcode.Unreachable or Opcode.Return:
                return [];
            case Opcode.If:
                return [at + 1, Code[parsed.Else].Instruction.Opcode == Opcode.Else ? parsed.Else + 1 : parsed.End];
            case Opcode.Else:
                return [parsed.End];
            case Opcode.Br:
                return [Destination(at, parsed.Instruction.Index)];
            case Opcode.BrIf:
                return [at + 1, Destination(at, parsed.Instruction.Index)];
            case Opcode.BrTable:
                return parsed.Labels.Select(label => Destination(at, label));
            default:
                return [at + 1];
        }
    }

    private int Destination(int at, uint depth)
    {
        int block = BlockAt(at, depth);
        if (block < 0) return Code.Length - 1;
        if (Code[block].Instruction.Opcode == Opcode.Loop) return block;
        int end = Code[block].End;
        if (Code[block].Instruction.Opcode == Opcode.Block) Code[end].Joins = true;
        return end;
    }
}
