using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Instructions by what they need from the generator.</summary>
internal static class OpcodeGroups
{
    private static readonly Opcode[] AllNumeric = [.. InstructionSet.All.Where(opcode => opcode is (>= Opcode.I32Eqz and <= Opcode.I64Extend32S) or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U))];

    private static readonly Opcode[] AllLoads = [.. InstructionSet.All.Where(opcode => opcode is >= Opcode.I32Load and <= Opcode.I64Load32U)];

    private static readonly Opcode[] AllStores = [.. InstructionSet.All.Where(opcode => opcode is >= Opcode.I32Store and <= Opcode.I64Store32)];

    private static readonly Opcode[] IntegerNumeric = [.. AllNumeric.Where(IsForIntegers)];
    private static readonly Opcode[] IntegerLoads = [.. AllLoads.Where(IsForIntegers)];
    private static readonly Opcode[] IntegerStores = [.. AllStores.Where(IsForIntegers)];
    private static readonly Dictionary<ValueKind, Opcode[]> Safe = ThatNeverTrap(AllNumeric);
    private static readonly Dictionary<ValueKind, Opcode[]> IntegerSafe = ThatNeverTrap(IntegerNumeric);

    /// <summary>Everything on numbers.</summary>
    public static IReadOnlyList<Opcode> Numeric(GeneratorOptions options) => options.Integers ? IntegerNumeric : AllNumeric;

    public static IReadOnlyList<Opcode> Loads(GeneratorOptions options) => options.Integers ? IntegerLoads : AllLoads;

    public static IReadOnlyList<Opcode> Stores(GeneratorOptions options) => options.Integers ? IntegerStores : AllStores;

    /// <summary>Instructions on numbers that never trap, by the type of their result.</summary>
    public static IReadOnlyList<Opcode> SafeWithResult(ValueKind kind, GeneratorOptions options) => (options.Integers ? IntegerSafe : Safe)[kind];

    public static bool IsDivision(Opcode opcode) => opcode is (>= Opcode.I32DivS and <= Opcode.I32RemU) or (>= Opcode.I64DivS and <= Opcode.I64RemU);

    /// <summary>Conversions of floats to integers that trap where the result does not fit.</summary>
    public static bool IsTrappingConversion(Opcode opcode) => opcode is (>= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U) or (>= Opcode.I64TruncF32S and <= Opcode.I64TruncF64U);

    private static bool IsForIntegers(Opcode opcode) => !InstructionSet.Find(opcode)!.UsesFloats;

    private static Dictionary<ValueKind, Opcode[]> ThatNeverTrap(IEnumerable<Opcode> numeric) => numeric.Where(opcode => !IsDivision(opcode) && !IsTrappingConversion(opcode))
        .GroupBy(opcode => InstructionSet.Find(opcode)!.Type!.Results[0]).ToDictionary(group => group.Key, group => group.ToArray());
}
