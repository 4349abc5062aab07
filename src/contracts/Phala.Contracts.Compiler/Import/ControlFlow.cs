using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Cuts a method's code into blocks and puts them in an order in which each stands behind one that leads to it.</summary>
internal static class ControlFlow
{
    /// <summary>The blocks that can be reached from an offset, with a block of the function for each.</summary>
    public static Region Trace(MethodBody body, Dictionary<int, int> positions, int start, Func<Block> newBlock, Block? after)
    {
        HashSet<int> leaders = Leaders(body, start);
        Dictionary<int, int[]> successors = [];
        List<int> order = [];
        HashSet<int> loops = [], open = [], seen = [start];
        Stack<(int Offset, int Next)> path = new([(start, 0)]);
        successors[start] = Successors(body, positions, leaders, start);
        open.Add(start);
        while (path.TryPop(out (int Offset, int Next) at))
        {
            if (at.Next == successors[at.Offset].Length)
            {
                order.Add(at.Offset);
                open.Remove(at.Offset);
                continue;
            }

            path.Push((at.Offset, at.Next + 1));
            int target = successors[at.Offset][at.Next];
            if (open.Contains(target)) loops.Add(target);
            if (!seen.Add(target)) continue;
            successors[target] = Successors(body, positions, leaders, target);
            open.Add(target);
            path.Push((target, 0));
        }

        order.Reverse();
        return new Region(start, order.ToDictionary(static offset => offset, _ => newBlock()), order, loops, after);
    }

    /// <summary>Whether an instruction ends its block.</summary>
    public static bool EndsBlock(ILOpCode code) => code is >= ILOpCode.Br_s and <= ILOpCode.Switch
        or ILOpCode.Leave or ILOpCode.Leave_s or ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Endfinally or ILOpCode.Endfilter or ILOpCode.Jmp;

    private static HashSet<int> Leaders(MethodBody body, int start)
    {
        HashSet<int> leaders = [start];
        for (int i = 0; i < body.Instructions.Length; i++)
        {
            Instruction instruction = body.Instructions[i];
            if (!EndsBlock(instruction.Code)) continue;
            if (IsBranch(instruction.Code)) leaders.Add((int)instruction.Operand);
            foreach (int target in instruction.Targets ?? []) leaders.Add(target);
            if (i + 1 < body.Instructions.Length) leaders.Add(body.Instructions[i + 1].Offset);
        }

        return leaders;
    }

    private static int[] Successors(MethodBody body, Dictionary<int, int> positions, HashSet<int> leaders, int start)
    {
        if (!positions.TryGetValue(start, out int first)) throw CompilationException.Invalid("a handler begins in the middle of an instruction");
        for (int i = first; i < body.Instructions.Length; i++)
        {
            Instruction instruction = body.Instructions[i];
            if (instruction.Offset != start && leaders.Contains(instruction.Offset)) return [instruction.Offset];
            if (!EndsBlock(instruction.Code)) continue;
            int next = i + 1 < body.Instructions.Length ? body.Instructions[i + 1].Offset : -1;
            if (instruction.Code is ILOpCode.Br or ILOpCode.Br_s or ILOpCode.Leave or ILOpCode.Leave_s) return [(int)instruction.Operand];
            if (!IsBranch(instruction.Code) && instruction.Code != ILOpCode.Switch) return [];
            if (next < 0) throw CompilationException.Invalid("the code runs out of the method");

            // What follows comes last, so that it stands first in the reversed order.
            return instruction.Targets is { } targets ? [.. targets.Reverse(), next] : [(int)instruction.Operand, next];
        }

        throw CompilationException.Invalid("the code runs out of the method");
    }

    private static bool IsBranch(ILOpCode code) => code is >= ILOpCode.Br_s and <= ILOpCode.Blt_un or ILOpCode.Leave or ILOpCode.Leave_s;
}
