using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Instructions by what they need from the generator.</summary>
internal static class OpcodeGroups
{
    /// <summary>Everything on numbers.</summary>
    public static IReadOnlyList<Opcode> Numeric { get; } = [.. InstructionSet.All.Where(opcode => opcode is (>= Opcode.I32Eqz and <= Opcode.I64Extend32S) or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U))];

    public static IReadOnlyList<Opcode> Loads { get; } = [.. InstructionSet.All.Where(opcode => opcode is >= Opcode.I32Load and <= Opcode.I64Load32U)];

    public static IReadOnlyList<Opcode> Stores { get; } = [.. InstructionSet.All.Where(opcode => opcode is >= Opcode.I32Store and <= Opcode.I64Store32)];

    private static readonly Dictionary<ValueKind, Opcode[]> Safe = Numeric.Where(opcode => !IsDivision(opcode) && !IsTrappingConversion(opcode))
        .GroupBy(opcode => InstructionSet.Find(opcode)!.Type!.Results[0]).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Instructions on numbers that never trap, by the type of their result.</summary>
    public static IReadOnlyList<Opcode> SafeWithResult(ValueKind kind) => Safe[kind];

    public static bool IsDivision(Opcode opcode) => opcode is (>= Opcode.I32DivS and <= Opcode.I32RemU) or (>= Opcode.I64DivS and <= Opcode.I64RemU);

    /// <summary>Conversions of floats to integers that trap where the result does not fit.</summary>
    public static bool IsTrappingConversion(Opcode opcode) => opcode is (>= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U) or (>= Opcode.I64TruncF32S and <= Opcode.I64TruncF64U);
}
