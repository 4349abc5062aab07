using System.Reflection.Emit;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Wasm.Compilation;

/// <summary>
/// Compiles one validated function to CIL.
/// <para>Invariant: linear in the function's code; recursion-free; emits no access to memory without the comparison that guards it.</para>
/// </summary>
internal sealed class FunctionCompiler
{
    private readonly FunctionBody _body;
    private readonly FunctionType _type;
    private readonly ModuleSettings _settings;
    private readonly FunctionLocals _locals;
    private readonly Frame _frame;
    private readonly NaNEmitter _nans;
    private readonly OperandStack _operands;
    private readonly MemoryEmitter _memory;
    private readonly ControlEmitter _control;
    private readonly NumericEmitter _numeric;
    private readonly CallEmitter _calls;
    private readonly VariableEmitter _variables;
    private readonly int _frameCharge;

    private FunctionCompiler(MethodBuilder method, CompilationInput input, FunctionAnalysis analysis)
    {
        ILGenerator il = method.GetILGenerator();
        IndexSpaces spaces = input.Spaces;
        _body = input.Body;
        _type = input.Type;
        _settings = input.Settings;
        _frameCharge = input.FrameCharge;
        ulong minimumBytes = spaces.Memories.Length == 0 ? 0 : (ulong)spaces.Memories[0].Minimum * LinearMemory.PageBytes;
        _locals = new FunctionLocals(il, _type, _body, analysis);
        _frame = new Frame(il, _settings.Metered, analysis.UsesMemory);
        _nans = new NaNEmitter(il, input.Optimize);
        _operands = new OperandStack(il, _locals, _nans);
        _memory = new MemoryEmitter(il, _frame, _operands, minimumBytes);
        _control = new ControlEmitter(il, spaces, _frame, _operands, _memory, analysis);
        _numeric = new NumericEmitter(il, _frame, _operands);
        _calls = new CallEmitter(method, input, _frame, _operands);
        _variables = new VariableEmitter(il, spaces, _locals, _frame, _operands, _memory);
    }

    public static void Compile(MethodBuilder method, CompilationInput input, FunctionAnalysis analysis) =>
        new FunctionCompiler(method, input, analysis).Compile();

    private void Compile()
    {
        _frame.EmitPrologue(_frameCharge);
        _locals.EmitClear();
        _control.Begin(_type);
        InstructionReader reader = new(_body.Code.Span, _settings.Limits);
        while (_control.Open && reader.TryRead(out Instruction instruction)) Emit(in instruction, reader.Labels);
        _nans.EmitColdBlocks();
        _frame.EmitColdBlocks();
    }

    private void Emit(in Instruction instruction, List<uint> labels)
    {
        if (!_control.Reachable && _control.Skip(instruction.Opcode)) return;
        Opcode opcode = instruction.Opcode;
        switch (opcode)
        {
            case Opcode.Nop:
                break;
            case < Opcode.Call:
                _control.Emit(in instruction, labels);
                break;
            case Opcode.Call:
                _calls.EmitCall(instruction.Index);
                break;
            case Opcode.CallIndirect:
                _calls.EmitIndirectCall(instruction.Index, instruction.Second);
                break;
            case >= Opcode.I32Load and <= Opcode.I64Load32U:
                _memory.EmitLoad(in instruction);
                break;
            case >= Opcode.I32Store and <= Opcode.I64Store32:
                _memory.EmitStore(in instruction);
                break;
            case >= Opcode.I32Const and <= Opcode.F64Const:
                _operands.PushConstant(instruction.Info.Type!.Results[0], instruction.Bits);
                break;
            case >= Opcode.I32Eqz and <= Opcode.I64Extend32S or >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U:
                _numeric.Emit(in instruction);
                break;
            default:
                _variables.Emit(in instruction);
                break;
        }
    }
}
