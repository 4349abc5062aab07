using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>
/// Where fuel is charged in a body, computed by walking the nested blocks. A segment begins at the start of the function and of each loop, after
/// <c>if</c>, <c>else</c> and <c>br_if</c>, after the end of each <c>if</c>, and after the end of each block that some reachable branch leads to.
/// A segment costs what its reachable instructions cost together, and is charged as a whole before the first of them.
/// </summary>
internal sealed class FuelPlan
{
    private readonly OracleCode _code;
    private readonly List<bool> _targeted = [];
    private int _segment;

    public FuelPlan(OracleCode code, int locals)
    {
        _code = code;
        Costs = new long[code.Instructions.Length];
        Costs[0] = (locals + FuelCosts.LocalsPerUnit - 1) / FuelCosts.LocalsPerUnit;
        WalkBlock(0, code.Instructions.Length - 1, out _);
    }

    /// <summary>The fuel to charge before each instruction.</summary>
    public long[] Costs { get; }

    /// <summary>Walks the instructions of a block up to its end; says whether control can reach that end from within, by falling or branching.</summary>
    private bool WalkBlock(int start, int end, out bool targeted)
    {
        _targeted.Add(false);
        bool falls = Walk(start, end);
        targeted = _targeted[^1];
        _targeted.RemoveAt(_targeted.Count - 1);
        return falls;
    }

    /// <summary>Walks instructions in a row; says whether control falls off their end.</summary>
    private bool Walk(int start, int end)
    {
        int at = start;
        while (at < end)
        {
            Instruction instruction = _code.Instructions[at];
            Costs[_segment] += OracleCosts.Of(instruction);
            bool isBlock = instruction.Opcode is Opcode.Block or Opcode.Loop or Opcode.If;
            bool goesOn = isBlock ? WalkNested(instruction.Opcode, at) : WalkPlain(instruction, at);
            if (!goesOn) return false;
            at = isBlock ? _code.Ends[at] + 1 : at + 1;
        }

        return true;
    }

    private bool WalkNested(Opcode opcode, int at)
    {
        int end = _code.Ends[at];
        bool goesOn;
        switch (opcode)
        {
            case Opcode.Loop:
                _segment = at + 1;
                return WalkBlock(at + 1, end, out _);
            case Opcode.Block:
                bool falls = WalkBlock(at + 1, end, out bool targeted);
                if (targeted) _segment = end + 1;
                return falls || targeted;
            default:
                goesOn = WalkIf(at, end);
                if (goesOn) _segment = end + 1;
                return goesOn;
        }
    }

    private bool WalkIf(int at, int end)
    {
        _segment = at + 1;
        if (!_code.Elses.TryGetValue(at, out int half))
        {
            WalkBlock(at + 1, end, out _);
            return true;
        }

        bool first = WalkBlock(at + 1, half, out bool firstTargeted);
        _segment = half + 1;
        bool second = WalkBlock(half + 1, end, out bool secondTargeted);
        return first || second || firstTargeted || secondTargeted;
    }

    private bool WalkPlain(Instruction instruction, int at)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Br:
                Target(instruction.Index);
                return false;
            case Opcode.BrTable:
                Target(instruction.Index);
                foreach (uint label in _code.BranchTables[at]) Target(label);
                return false;
            case Opcode.BrIf:
                Target(instruction.Index);
                _segment = at + 1;
                return true;
            default:
                return instruction.Opcode is not (Opcode.Return or Opcode.Unreachable);
        }
    }

    private void Target(uint depth) => _targeted[_targeted.Count - 1 - (int)depth] = true;
}
