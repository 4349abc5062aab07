using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Branches, returns, and handlers of <c>finally</c>.</summary>
internal sealed class BranchImporter(FunctionImporter function) : InstructionImporter(function)
{
    private readonly ArithmeticImporter _arithmetic = new(function);

    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Br or ILOpCode.Br_s: Jump((int)instruction.Operand); return true;
            case ILOpCode.Brtrue or ILOpCode.Brtrue_s: Branch(Truth(), instruction); return true;
            case ILOpCode.Brfalse or ILOpCode.Brfalse_s: Branch(Not(Truth()), instruction); return true;
            case ILOpCode.Switch: Switch(instruction); return true;
            case ILOpCode.Leave or ILOpCode.Leave_s: Leave(instruction.Offset, (int)instruction.Operand); return true;
            case ILOpCode.Endfinally: EndFinally(); return true;
            case ILOpCode.Ret: Return(); return true;
            default:
                if (Comparison(instruction.Code) is not { } op) return false;
                Branch(_arithmetic.Compare(op), instruction);
                return true;
        }
    }

    private static Op? Comparison(ILOpCode code) => code switch
    {
        ILOpCode.Beq or ILOpCode.Beq_s => Op.I32Eq,
        ILOpCode.Bne_un or ILOpCode.Bne_un_s => Op.I32Ne,
        ILOpCode.Bge or ILOpCode.Bge_s => Op.I32GeS,
        ILOpCode.Bge_un or ILOpCode.Bge_un_s => Op.I32GeU,
        ILOpCode.Bgt or ILOpCode.Bgt_s => Op.I32GtS,
        ILOpCode.Bgt_un or ILOpCode.Bgt_un_s => Op.I32GtU,
        ILOpCode.Ble or ILOpCode.Ble_s => Op.I32LeS,
        ILOpCode.Ble_un or ILOpCode.Ble_un_s => Op.I32LeU,
        ILOpCode.Blt or ILOpCode.Blt_s => Op.I32LtS,
        ILOpCode.Blt_un or ILOpCode.Blt_un_s => Op.I32LtU,
        _ => null,
    };

    // A variable's address is never null.
    private Expression Truth()
    {
        Value value = Pop();
        if (value.Place is not null || value.Method is not null) return Fold.I32(1);
        Expression scalar = Scalar(value);
        return scalar.Type == WasmType.I64 ? Fold.Binary(Op.I64Ne, scalar, Fold.I64(0)) : scalar;
    }

    private static Expression Not(Expression truth) => Fold.Unary(Op.I32Eqz, truth);

    private Block TargetOf(int offset) =>
        Function.Region.Blocks.TryGetValue(offset, out Block? block) ? block : throw CompilationException.Invalid("a branch leaves its region");

    private void Jump(int target)
    {
        Block block = TargetOf(target);
        Code.PassStack(block, Function.Frame.StackBase);
        Code.Jump(block);
    }

    private void Branch(Expression condition, Instruction instruction)
    {
        Block target = TargetOf((int)instruction.Operand), next = TargetOf(NextOffset());
        if (Code.Stack.Count > Function.Frame.StackBase)
        {
            condition = Code.Spill(condition);
            Code.PassStack(target, Function.Frame.StackBase);
            Code.PassStack(next, Function.Frame.StackBase);
        }

        Code.Branch(condition, target, next);
    }

    private int NextOffset() => Function.Frame.Body.Instructions[Function.Frame.Positions[Function.Frame.Offset] + 1].Offset;

    private void Switch(Instruction instruction)
    {
        Expression selector = PopScalar(WasmType.I32);
        Block[] cases = [.. instruction.Targets!.Select(TargetOf)];
        Block next = TargetOf(NextOffset());
        if (Code.Stack.Count > Function.Frame.StackBase)
        {
            selector = Code.Spill(selector);
            foreach (Block target in cases.Append(next).Distinct()) Code.PassStack(target, Function.Frame.StackBase);
        }

        if (selector is ConstantExpression { Value: var known }) Code.Jump((uint)known < (uint)cases.Length ? cases[(int)known] : next);
        else Code.Switch(selector, cases, next);
    }

    // Nothing catches exceptions, so a handler of finally runs only where control leaves its region in order: it is copied to there.
    private void Leave(int offset, int target)
    {
        Frame frame = Function.Frame;
        while (Code.Stack.Count > frame.StackBase) _ = Pop();
        Block destination = TargetOf(target);
        foreach (Handler handler in frame.Body.Handlers)
        {
            if (offset < handler.TryStart || offset >= handler.TryEnd || (target >= handler.TryStart && target < handler.TryEnd)) continue;
            Block after = Code.NewBlock();
            Region copy = ControlFlow.Trace(frame.Body, frame.Positions, handler.HandlerStart, Code.NewBlock, after);
            Code.Jump(copy.Blocks[handler.HandlerStart]);
            Function.ImportRegion(frame, copy);
            if (!Code.IsReached(after)) return;
            Code.Begin(after, frame.StackBase, isLoop: false);
        }

        Code.Jump(destination);
    }

    private void EndFinally()
    {
        if (Function.Region.After is not { } after) throw CompilationException.Invalid("a handler ends where none began");
        while (Code.Stack.Count > Function.Frame.StackBase) _ = Pop();
        Code.Jump(after);
    }

    private void Return()
    {
        Frame frame = Function.Frame;
        ClrType type = frame.Method.Shape.Result;
        bool isVoid = type.Kind == TypeKind.Void;
        Value? result = isVoid ? null : Pop();
        if (Code.Stack.Count > frame.StackBase) throw CompilationException.Invalid("the evaluation stack is not empty at a return");
        if (result?.Place is not null) result = new Value(type, [Function.AddressOf(result)]);
        if (result is not null) CodeBuilder.Check(result, Program.Layouts.OfVariable(type).Leaves);
        if (frame.Caller is null) Leave(result);
        else if (frame.Continuation is not null) Continue(frame, result);
        else if (result is not null) Push(result with { Type = type });
    }

    private void Continue(Frame frame, Value? result)
    {
        if (result is not null) Function.Set(frame.Result!, result);
        Code.Jump(frame.Continuation!);
    }

    // The first scalar is the function's result, the others are passed in globals.
    private void Leave(Value? result)
    {
        if (result is null || result.Leaves.Length == 0)
        {
            Code.Finish(new ReturnExit(null));
            return;
        }

        Expression[] leaves = result.Leaves;
        if (leaves.Length > 1 && leaves.Any(static leaf => (leaf.Effects & (Effects.Calls | Effects.ReadsGlobal)) != 0)) leaves = [.. leaves.Select(Code.Spill)];
        for (int i = 1; i < leaves.Length; i++) Code.Add(new SetGlobalStatement(Program.ResultGlobal(i, leaves[i].Type), leaves[i]));
        Code.Finish(new ReturnExit(leaves[0]));
    }
}
