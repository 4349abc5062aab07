using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>
/// The pass before compilation: cuts a body into metered segments and counts what decides how to compile it.
/// <para>A segment begins at the function's start, at a loop's start, after <c>if</c>, <c>else</c> and <c>br_if</c>, and at the <c>end</c> of an
/// <c>if</c> or of a block that reachable code branches to. Its instructions are charged together before the first of them runs. Code that
/// cannot be reached (after a branch, <c>return</c> or <c>unreachable</c>) is neither charged nor compiled.</para>
/// </summary>
internal sealed class FunctionAnalysis
{
    // What takes the .NET optimizer as long as so many basic blocks.
    private const int BlocksOfCall = 8, BlocksOfGlobal = 2, BlocksOfSelect = 3, BlocksOfBranch = 2, BlocksOfHelper = 4;

    private readonly List<int> _costs = [];
    private readonly List<OpenBlock> _blocks = [];
    private readonly HashSet<uint> _exactLocals = [];
    private bool _computed;
    private int _skipped;
    private bool _reachable = true;

    private FunctionAnalysis(int localCost) => _costs.Add(localCost);

    /// <summary>The fuel of each segment, in the order in which they begin.</summary>
    public IReadOnlyList<int> SegmentCosts => _costs;

    /// <summary>Whether the code touches the memory.</summary>
    public bool UsesMemory { get; private set; }

    /// <summary>
    /// Local variables that are assigned, somewhere, something else than what arithmetic just computed. A NaN in one of them has the bits that it
    /// came with; any other local holds only results of arithmetic, whose NaNs may stay as the processor made them until their bits can be seen.
    /// </summary>
    public IReadOnlySet<uint> ExactLocals => _exactLocals;

    /// <summary>Basic blocks that the compiler will emit, about.</summary>
    public int Blocks { get; private set; } = 1;

    /// <summary>Loops in code that can be reached.</summary>
    public int Loops { get; private set; }

    public static FunctionAnalysis Of(FunctionBody body, ResourceLimits limits)
    {
        long locals = body.LocalCount;
        FunctionAnalysis analysis = new((int)((locals + FuelCosts.LocalsPerUnit - 1) / FuelCosts.LocalsPerUnit));
        InstructionReader reader = new(body.Code.Span, limits);
        analysis._blocks.Add(new OpenBlock(Opcode.Block, Targeted: false, Reachable: true));
        while (analysis._blocks.Count > 0 && reader.TryRead(out Instruction instruction)) analysis.Visit(in instruction, reader.Labels);
        return analysis;
    }

    private void Visit(in Instruction instruction, List<uint> labels)
    {
        if (!_reachable && Skip(instruction.Opcode)) return;
        if (_reachable) Count(in instruction);
        NoteAssignment(in instruction);
        switch (instruction.Opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If:
                _blocks.Add(new OpenBlock(instruction.Opcode, Targeted: false, Reachable: false));
                if (instruction.Opcode != Opcode.Block) Begin();
                break;
            case Opcode.Else:
                OpenBlock half = _blocks[^1];
                _blocks[^1] = half with { Opcode = Opcode.Else, Reachable = _reachable };
                _reachable = true;
                Begin();
                break;
            case Opcode.End:
                Close();
                break;
            case Opcode.BrIf:
                Target(instruction.Index);
                Begin();
                break;
            case Opcode.Br:
                Target(instruction.Index);
                _reachable = false;
                break;
            case Opcode.BrTable:
                Target(instruction.Index);
                foreach (uint label in labels) Target(label);
                _reachable = false;
                break;
            case Opcode.Return or Opcode.Unreachable:
                Blocks += BlocksOfBranch;
                _reachable = false;
                break;
            default:
                break;
        }
    }

    /// <summary>Passes over unreachable code; true while within it.</summary>
    private bool Skip(Opcode opcode)
    {
        if (opcode is Opcode.Block or Opcode.Loop or Opcode.If) _skipped++;
        if (opcode is not (Opcode.End or Opcode.Else)) return true;
        if (_skipped == 0) return false;
        if (opcode == Opcode.End) _skipped--;
        return true;
    }

    private void Count(in Instruction instruction)
    {
        _costs[^1] += FuelCosts.Of(instruction.Opcode, instruction.Info);
        switch (instruction.Info.Immediate)
        {
            case Immediate.MemoryArgument:
                Blocks++;
                UsesMemory = true;
                break;
            case Immediate.Function or Immediate.IndirectCall:
                Blocks += BlocksOfCall;
                break;
            case Immediate.Global:
                Blocks += BlocksOfGlobal;
                break;
            default:
                if (instruction.Opcode is >= Opcode.TableGet and <= Opcode.TableSet or Opcode.MemoryGrow or >= Opcode.MemoryInit and <= Opcode.TableFill) Blocks += BlocksOfHelper;
                if (instruction.Opcode == Opcode.Loop) Loops++;
                UsesMemory |= instruction.Opcode == Opcode.MemorySize;
                if (instruction.Opcode is >= Opcode.I32DivS and <= Opcode.I32RemU or >= Opcode.I64DivS and <= Opcode.I64RemU) Blocks += 2;
                if (instruction.Info.UsesFloats) Blocks++;
                if (instruction.Opcode is Opcode.Select or Opcode.SelectTyped) Blocks += BlocksOfSelect;
                break;
        }
    }

    /// <summary>What is assigned to a local is what the instruction before left, or the tee between left there.</summary>
    private void NoteAssignment(in Instruction instruction)
    {
        bool assigns = instruction.Opcode is Opcode.LocalSet or Opcode.LocalTee;
        if (assigns && !_computed) _exactLocals.Add(instruction.Index);
        if (instruction.Opcode != Opcode.LocalTee) _computed = instruction.Opcode.IsFloatArithmetic();
    }

    private void Begin()
    {
        _costs.Add(0);
        Blocks += 2;
    }

    private void Target(uint depth)
    {
        Blocks += BlocksOfBranch;
        int at = _blocks.Count - 1 - (int)depth;
        _blocks[at] = _blocks[at] with { Targeted = true };
    }

    private void Close()
    {
        OpenBlock block = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        if (_blocks.Count == 0) return;
        _reachable = block.ReachableAfter(_reachable);
        if (_reachable && block.Joins) Begin();
    }
}
