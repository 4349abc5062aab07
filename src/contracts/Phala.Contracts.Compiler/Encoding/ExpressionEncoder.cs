using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>Encodes trees.</summary>
internal sealed class ExpressionEncoder(ModuleIndices indices)
{
    public ByteWriter Writer { get; } = new();

    /// <summary>A variable whose value is on the stack already, to be read first.</summary>
    public Local? Pending { get; set; }

    /// <summary>Whether the first thing that an expression evaluates is this variable.</summary>
    public static bool BeginsWith(Expression expression, Local local)
    {
        while (expression.Operands.Count > 0) expression = expression.Operands[0];
        return expression is LocalExpression read && read.Local == local;
    }

    public void Write(Expression expression)
    {
        foreach (Expression operand in expression.Operands) Write(operand);
        switch (expression)
        {
            case LocalExpression read: Read(read.Local); break;
            case ConstantExpression { Type: WasmType.I32 } constant: Writer.Byte((int)Op.I32Const).Signed(constant.Value); break;
            case ConstantExpression constant: Writer.Byte((int)Op.I64Const).Signed(constant.Value); break;
            case SymbolExpression symbol: Writer.Byte((int)Op.I32Const).Signed(symbol.Symbol.Address + symbol.Offset); break;
            case FunctionExpression function: Writer.Byte((int)Op.I32Const).Signed(function.Function.TableIndex); break;
            case GlobalExpression global: Writer.Byte((int)Op.GlobalGet).Unsigned(indices.Global(global.Global)); break;
            case UnaryExpression unary: Writer.Byte((int)unary.Op); break;
            case BinaryExpression binary: Writer.Byte((int)binary.Op); break;
            case LoadExpression load: Memory(load.Op, load.Offset); break;
            case SelectExpression: Writer.Byte((int)Op.Select); break;
            case CallExpression call: Call(call.Function); break;
            case IndirectCallExpression call: Writer.Byte((int)Op.CallIndirect).Unsigned(indices.Type(call.Shape)).Byte(0); break;
            case MemoryExpression memory: Writer.Byte((int)(memory.Operands.Count == 0 ? Op.MemorySize : Op.MemoryGrow)).Byte(0); break;
            default: throw new InvalidOperationException($"{expression.GetType().Name} has no encoding");
        }
    }

    public void Call(FunctionUnit function) => Writer.Byte((int)Op.Call).Unsigned(indices.Function(function));

    public void SetGlobal(GlobalSlot global) => Writer.Byte((int)Op.GlobalSet).Unsigned(indices.Global(global));

    /// <summary>A load or store with its alignment: objects are aligned to four bytes.</summary>
    public void Memory(Op op, int offset)
    {
        int alignment = op switch
        {
            Op.I32Load8S or Op.I32Load8U or Op.I32Store8 => 0,
            Op.I32Load16S or Op.I32Load16U or Op.I32Store16 => 1,
            _ => 2,
        };
        Writer.Byte((int)op).Byte(alignment).Unsigned((uint)offset);
    }

    private void Read(Local local)
    {
        if (Pending == local)
        {
            Pending = null;
            return;
        }

        Writer.Byte((int)Op.LocalGet).Unsigned((uint)local.Index);
    }
}
