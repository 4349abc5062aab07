using System.Buffers.Binary;
using System.Numerics;

namespace Phala.Contracts.Compiler.Code;

/// <summary>Makes expressions, computing what is known already.</summary>
internal static class Fold
{
    public static Expression I32(int value) => new ConstantExpression(WasmType.I32, value);

    public static Expression I64(long value) => new ConstantExpression(WasmType.I64, value);

    public static Expression Zero(WasmType type) => new ConstantExpression(type, 0);

    public static Expression Unary(Op op, Expression operand)
    {
        WasmType type = op is Op.I64ExtendI32S or Op.I64ExtendI32U or Op.I64Clz or Op.I64Ctz or Op.I64Popcnt ? WasmType.I64 : WasmType.I32;
        if (operand is ConstantExpression { Value: var value }) return new ConstantExpression(type, Compute(op, value));
        if (op == Op.I32Eqz && operand is BinaryExpression comparison && Inverse(comparison.Op) is { } inverse) return new BinaryExpression(inverse, WasmType.I32, comparison.Left, comparison.Right);
        if (op == Op.I32WrapI64 && operand is UnaryExpression { Op: Op.I64ExtendI32S or Op.I64ExtendI32U } extension) return extension.Operand;
        return new UnaryExpression(op, type, operand);
    }

    public static Expression Binary(Op op, Expression left, Expression right)
    {
        WasmType type = op is >= Op.I64Add and <= Op.I64Rotr ? WasmType.I64 : WasmType.I32;
        if (left is ConstantExpression a && right is ConstantExpression b && Compute(op, a.Value, b.Value) is { } known) return new ConstantExpression(type, known);
        if (left is ConstantExpression && right is not ConstantExpression && Commutes(op)) (left, right) = (right, left);
        if (right is ConstantExpression constant && WithConstant(op, type, left, constant.Value) is { } simpler) return simpler;
        return new BinaryExpression(op, type, left, right);
    }

    public static Expression Load(Op op, Expression address, int offset)
    {
        (address, offset) = Split(address, offset);
        if (address is SymbolExpression { Symbol: { IsConstant: true } symbol } known && Constant(op, symbol.Content, known.Offset + offset) is { } value) return value;
        return new LoadExpression(op, address, offset);
    }

    private static ConstantExpression? Constant(Op op, byte[] content, int offset)
    {
        if (op == Op.I32Load && offset >= 0 && offset <= content.Length - 4) return new ConstantExpression(WasmType.I32, BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(offset)));
        if (op == Op.I32Load16U && offset >= 0 && offset <= content.Length - 2) return new ConstantExpression(WasmType.I32, BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(offset)));
        return null;
    }

    public static Statement Store(Op op, Expression address, int offset, Expression value)
    {
        (address, offset) = Split(address, offset);
        if (op is Op.I32Store8 or Op.I32Store16 && value is BinaryExpression { Op: Op.I32And, Right: ConstantExpression mask } and
            && (mask.Value == 0xFFFF || (mask.Value == 0xFF && op == Op.I32Store8)))
        {
            value = and.Left;
        }

        return new StoreStatement(op, address, offset, value);
    }

    public static Expression Select(Expression whenTrue, Expression whenFalse, Expression condition) =>
        condition is ConstantExpression { Value: var known } && ((known != 0 ? whenFalse : whenTrue).Effects & (Effects.Calls | Effects.Traps)) == 0
            ? known != 0 ? whenTrue : whenFalse
            : new SelectExpression(whenTrue, whenFalse, condition);

    /// <summary>The comparison that holds exactly where another does not; null if it is none.</summary>
    public static Op? Inverse(Op op) => op switch
    {
        Op.I32Eq or Op.I64Eq => op + 1,
        Op.I32Ne or Op.I64Ne => op - 1,
        Op.I32LtS => Op.I32GeS, Op.I32LtU => Op.I32GeU, Op.I32GtS => Op.I32LeS, Op.I32GtU => Op.I32LeU,
        Op.I32LeS => Op.I32GtS, Op.I32LeU => Op.I32GtU, Op.I32GeS => Op.I32LtS, Op.I32GeU => Op.I32LtU,
        Op.I64LtS => Op.I64GeS, Op.I64LtU => Op.I64GeU, Op.I64GtS => Op.I64LeS, Op.I64GtU => Op.I64LeU,
        Op.I64LeS => Op.I64GtS, Op.I64LeU => Op.I64GtU, Op.I64GeS => Op.I64LtS, Op.I64GeU => Op.I64LtU,
        _ => null,
    };

    // An address that is a sum with a small constant becomes the instruction's own offset. Addresses of objects never wrap.
    private static (Expression Address, int Offset) Split(Expression address, int offset)
    {
        while (address is BinaryExpression { Op: Op.I32Add, Right: ConstantExpression { Value: >= 0 and <= 0xFFFF } constant } sum && offset + constant.Value <= 0xFFFF)
        {
            (address, offset) = (sum.Left, offset + (int)constant.Value);
        }

        if (address is SymbolExpression symbol && offset != 0) return (new SymbolExpression(symbol.Symbol, symbol.Offset + offset), 0);
        return (address, offset);
    }

    private static bool Commutes(Op op) => op is Op.I32Add or Op.I32Mul or Op.I32And or Op.I32Or or Op.I32Xor or Op.I32Eq or Op.I32Ne
        or Op.I64Add or Op.I64Mul or Op.I64And or Op.I64Or or Op.I64Xor or Op.I64Eq or Op.I64Ne;

    private static Expression? WithConstant(Op op, WasmType type, Expression left, long value)
    {
        switch (op)
        {
            case Op.I32Add or Op.I32Sub or Op.I32Or or Op.I32Xor or Op.I32Shl or Op.I32ShrS or Op.I32ShrU or Op.I64Add or Op.I64Sub or Op.I64Or or Op.I64Xor or Op.I64Shl or Op.I64ShrS or Op.I64ShrU
                when value == 0:
            case Op.I32Mul or Op.I64Mul or Op.I32DivS or Op.I32DivU or Op.I64DivS or Op.I64DivU when value == 1:
            case Op.I32And or Op.I64And when value == -1:
                return left;
            case Op.I32Mul or Op.I64Mul or Op.I32And or Op.I64And when value == 0 && (left.Effects & (Effects.Calls | Effects.Traps)) == 0:
                return new ConstantExpression(type, 0);
            case Op.I32Add when left is SymbolExpression symbol:
                return new SymbolExpression(symbol.Symbol, symbol.Offset + (int)value);
            case Op.I32Add or Op.I64Add when left is BinaryExpression { Right: ConstantExpression inner } sum && sum.Op == op:
                return Binary(op, sum.Left, new ConstantExpression(type, unchecked(inner.Value + value)));
            case Op.I32Sub when value != int.MinValue:
                return Binary(Op.I32Add, left, I32((int)-value));
            case Op.I32Mul when BitOperations.IsPow2((int)value) && value > 0:
                return Binary(Op.I32Shl, left, I32(BitOperations.Log2((uint)value)));
            case Op.I64Mul when value > 0 && BitOperations.IsPow2(value):
                return Binary(Op.I64Shl, left, I64(BitOperations.Log2((ulong)value)));
            case Op.I32Eq when value == 0:
                return Unary(Op.I32Eqz, left);
            case Op.I64Eq when value == 0:
                return Unary(Op.I64Eqz, left);
            case Op.I32Ne or Op.I32GtU when value == 0 && IsTruth(left):
                return left;
            case Op.I32And when IsNarrow(left, value):
                return left;
            default:
                return null;
        }
    }

    /// <summary>Whether an expression is always 0 or 1.</summary>
    public static bool IsTruth(Expression expression) => expression switch
    {
        BinaryExpression binary => Inverse(binary.Op) is not null || (binary.Op is Op.I32And or Op.I32Or or Op.I32Xor && IsTruth(binary.Left) && IsTruth(binary.Right)),
        UnaryExpression unary => unary.Op is Op.I32Eqz or Op.I64Eqz,
        ConstantExpression constant => constant.Value is 0 or 1,
        _ => false,
    };

    private static bool IsNarrow(Expression expression, long mask) => expression switch
    {
        LoadExpression load => (mask == 0xFF && load.Op == Op.I32Load8U) || (mask == 0xFFFF && load.Op is Op.I32Load8U or Op.I32Load16U),
        BinaryExpression { Op: Op.I32And, Right: ConstantExpression inner } => inner.Value >= 0 && (inner.Value & ~mask) == 0,
        _ => mask is 0xFF or 0xFFFF && IsTruth(expression),
    };

    private static long Compute(Op op, long value) => op switch
    {
        Op.I32Eqz => (int)value == 0 ? 1 : 0,
        Op.I64Eqz => value == 0 ? 1 : 0,
        Op.I32Clz => BitOperations.LeadingZeroCount((uint)value),
        Op.I32Ctz => BitOperations.TrailingZeroCount((uint)value),
        Op.I32Popcnt => BitOperations.PopCount((uint)value),
        Op.I64Clz => BitOperations.LeadingZeroCount((ulong)value),
        Op.I64Ctz => BitOperations.TrailingZeroCount((ulong)value),
        Op.I64Popcnt => BitOperations.PopCount((ulong)value),
        Op.I32WrapI64 or Op.I64ExtendI32S => (int)value,
        Op.I64ExtendI32U => (uint)value,
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static long? Compute(Op op, long a, long b) => op is >= Op.I32Eq and <= Op.I32GeU or >= Op.I32Add and <= Op.I32Rotr ? Compute32(op, (int)a, (int)b) : Compute64(op, a, b);

    private static long? Compute32(Op op, int a, int b) => unchecked(op switch
    {
        Op.I32Eq => a == b ? 1 : 0, Op.I32Ne => a != b ? 1 : 0,
        Op.I32LtS => a < b ? 1 : 0, Op.I32LtU => (uint)a < (uint)b ? 1 : 0, Op.I32GtS => a > b ? 1 : 0, Op.I32GtU => (uint)a > (uint)b ? 1 : 0,
        Op.I32LeS => a <= b ? 1 : 0, Op.I32LeU => (uint)a <= (uint)b ? 1 : 0, Op.I32GeS => a >= b ? 1 : 0, Op.I32GeU => (uint)a >= (uint)b ? 1 : 0,
        Op.I32Add => a + b, Op.I32Sub => a - b, Op.I32Mul => a * b, Op.I32And => a & b, Op.I32Or => a | b, Op.I32Xor => a ^ b,
        Op.I32Shl => a << b, Op.I32ShrS => a >> b, Op.I32ShrU => (int)((uint)a >> b),
        Op.I32DivS when b is not (0 or -1) => a / b,
        Op.I32DivU when b != 0 => (int)((uint)a / (uint)b),
        Op.I32RemS when b is not (0 or -1) => a % b,
        Op.I32RemU when b != 0 => (int)((uint)a % (uint)b),
        _ => (long?)null,
    });

    private static long? Compute64(Op op, long a, long b) => unchecked(op switch
    {
        Op.I64Eq => a == b ? 1 : 0, Op.I64Ne => a != b ? 1 : 0,
        Op.I64LtS => a < b ? 1 : 0, Op.I64LtU => (ulong)a < (ulong)b ? 1 : 0, Op.I64GtS => a > b ? 1 : 0, Op.I64GtU => (ulong)a > (ulong)b ? 1 : 0,
        Op.I64LeS => a <= b ? 1 : 0, Op.I64LeU => (ulong)a <= (ulong)b ? 1 : 0, Op.I64GeS => a >= b ? 1 : 0, Op.I64GeU => (ulong)a >= (ulong)b ? 1 : 0,
        Op.I64Add => a + b, Op.I64Sub => a - b, Op.I64Mul => a * b, Op.I64And => a & b, Op.I64Or => a | b, Op.I64Xor => a ^ b,
        Op.I64Shl => a << (int)b, Op.I64ShrS => a >> (int)b, Op.I64ShrU => (long)((ulong)a >> (int)b),
        Op.I64DivS when b is not (0 or -1) => a / b,
        Op.I64DivU when b != 0 => (long)((ulong)a / (ulong)b),
        Op.I64RemS when b is not (0 or -1) => a % b,
        Op.I64RemU when b != 0 => (long)((ulong)a % (ulong)b),
        _ => (long?)null,
    });
}
