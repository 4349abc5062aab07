using Phala.Testing.Wasm.Generator;
using Phala.Testing.Wasm.Interpreter;
using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Every numeric instruction on the edges of its operands, as arguments and as constants, against the interpreter's arithmetic.</summary>
public sealed class NumericTests
{
    private static readonly Opcode[] Opcodes = [.. Enum.GetValues<Opcode>().Where(opcode =>
        opcode is >= Opcode.I32Eqz and <= Opcode.I64Extend32S or >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U)];

    private static readonly ulong[] Integers =
    [
        0, 1, 2, 5, 31, 32, 33, 63, 64, 0x7F, 0x80, 0x8000, int.MaxValue, 0x80000000, uint.MaxValue, long.MaxValue, 1UL << 63, ulong.MaxValue, (1UL << 63) + 1, 0x7FFFFFBFFFFFFFFF,
        // Just above the middle between two floats, with the top bit set: halved, the last bit must not be lost.
        0x8000008000000001, 0x8000000000000401,
    ];

    public static TheoryData<bool> Modes => [true, false];

    [Theory]
    [MemberData(nameof(Modes))]
    public void OnArguments(bool optimize)
    {
        ModuleSettings settings = new() { Optimize = optimize };
        int compared = 0, traps = 0;
        foreach (Opcode opcode in Opcodes)
        {
            FunctionType type = InstructionSet.Find(opcode)!.Type!;
            CodeWriter code = new();
            for (uint i = 0; i < type.Parameters.Length; i++) code.Op(Opcode.LocalGet, i);
            ModuleDefinition module = Guest.Define((Letters(type), code.Op(opcode)));
            using Store store = new();
            Instance instance = Guest.Instantiate(Guest.Load(module, settings), store);
            foreach ((Value left, Value right) in Operands(type))
            {
                Value[] arguments = type.Parameters.Length == 2 ? [left, right] : [left];
                CallResult result = Guest.Call(instance, "f0", out Value[] results, Guest.Plenty, arguments);
                Check(opcode, left, right, result, results);
                compared++;
                traps += result.IsCompleted ? 0 : 1;
            }
        }

        Assert.True(compared > 10_000 && traps > 100);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void OnConstantsAndInConditions(bool optimize)
    {
        ModuleSettings settings = new() { Optimize = optimize };
        Random random = new(1);
        foreach (Opcode opcode in Opcodes)
        {
            FunctionType type = InstructionSet.Find(opcode)!.Type!;
            (Value Left, Value Right)[] pairs = [.. Operands(type).OrderBy(_ => random.Next()).Take(6)];
            // The second operand as a constant, the first one too, and the result as a condition.
            (string Signature, CodeWriter Code)[] functions = [.. pairs.SelectMany(pair => new (string, CodeWriter)[]
            {
                (Letters(type), Second(new CodeWriter().Op(Opcode.LocalGet, 0), type, pair.Right).Op(opcode)),
                (Letters(type), Second(Constant(new CodeWriter(), pair.Left), type, pair.Right).Op(opcode)),
                (Letters(type).Split(':')[0] + ":i", Truth(Second(new CodeWriter().Op(Opcode.LocalGet, 0), type, pair.Right).Op(opcode), type.Results[0])),
            })];
            using Store store = new();
            Instance instance = Guest.Instantiate(Guest.Load(Guest.Define(functions), settings), store);
            for (int i = 0; i < functions.Length; i++)
            {
                (Value left, Value right) = pairs[i / 3];
                Value[] arguments = type.Parameters.Length == 2 ? [left, right] : [left];
                CallResult result = Guest.Call(instance, $"f{i}", out Value[] results, Guest.Plenty, arguments);
                if (i % 3 < 2) Check(opcode, left, right, result, results);
                else if (result.IsCompleted) Assert.Equal(IsTrue(type.Results[0], Expected(opcode, left, right).Bits), results[0].AsI32() == 1);
            }
        }
    }

    private static void Check(Opcode opcode, Value left, Value right, CallResult result, Value[] results)
    {
        try
        {
            OracleValue expected = Expected(opcode, left, right);
            Assert.True(result.IsCompleted && results[0].Bits == expected.Bits, $"{opcode} {left} {right}: {result} {results[0]}, expected {expected.Bits:x}");
        }
        catch (OracleTrapException trap)
        {
            Assert.True(trap.Trap.ToString() == result.Trap.ToString(), $"{opcode} {left} {right}: {result}, expected {trap.Trap}");
        }
    }

    private static OracleValue Expected(Opcode opcode, Value left, Value right)
    {
        OracleValue first = new(left.Kind, left.Bits), second = new(right.Kind, right.Bits);
        return InstructionSet.Find(opcode)!.Type!.Parameters.Length == 1 ? NumericRules.Unary(opcode, first) : NumericRules.Binary(opcode, first, second);
    }

    private static IEnumerable<(Value Left, Value Right)> Operands(FunctionType type)
    {
        Value[] values = Edges(type.Parameters[0]);
        if (type.Parameters.Length == 1) return values.Select(value => (value, value));
        return values.SelectMany(left => values.Select(right => (left, right)));
    }

    private static Value[] Edges(ValueKind kind)
    {
        Choice choice = new(7);
        return kind switch
        {
            ValueKind.I32 => [.. Integers.Select(value => Value.Of(kind, (uint)value)).Distinct()],
            ValueKind.I64 => [.. Integers.Select(value => Value.Of(kind, value))],
            ValueKind.F32 => [.. Enumerable.Range(0, 200).Select(_ => Value.Of(kind, Constants.Pick(choice, kind))).Distinct().Take(30)],
            _ => [.. Enumerable.Range(0, 200).Select(_ => Value.Of(kind, Constants.Pick(choice, kind))).Distinct().Take(30)],
        };
    }

    private static string Letters(FunctionType type) =>
        string.Concat(type.Parameters.ToArray().Select(Letter)) + ":" + string.Concat(type.Results.ToArray().Select(Letter));

    private static string Letter(ValueKind kind) => kind switch
    {
        ValueKind.I32 => "i",
        ValueKind.I64 => "l",
        ValueKind.F32 => "f",
        _ => "d",
    };

    private static CodeWriter Second(CodeWriter code, FunctionType type, Value right) => type.Parameters.Length == 2 ? Constant(code, right) : code;

    private static CodeWriter Constant(CodeWriter code, Value value) => value.Kind switch
    {
        ValueKind.I32 => code.I32((int)value.Bits),
        ValueKind.I64 => code.I64((long)value.Bits),
        ValueKind.F32 => code.F32((uint)value.Bits),
        _ => code.F64(value.Bits),
    };

    private static CodeWriter Truth(CodeWriter code, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32:
                code.Open(Opcode.If, ValueKind.I32);
                break;
            case ValueKind.I64:
                code.Op(Opcode.I64Eqz, []).Op(Opcode.I32Eqz).Open(Opcode.If, ValueKind.I32);
                break;
            case ValueKind.F32:
                code.F32(0).Op(Opcode.F32Eq).Op(Opcode.I32Eqz).Open(Opcode.If, ValueKind.I32);
                break;
            default:
                code.F64(0).Op(Opcode.F64Eq).Op(Opcode.I32Eqz).Open(Opcode.If, ValueKind.I32);
                break;
        }

        return code.I32(1).Op(Opcode.Else).I32(0).Op(Opcode.End);
    }

    private static bool IsTrue(ValueKind kind, ulong bits) => kind switch
    {
        ValueKind.F32 => BitConverter.UInt32BitsToSingle((uint)bits) != 0,
        ValueKind.F64 => BitConverter.UInt64BitsToDouble(bits) != 0,
        _ => bits != 0,
    };
}
