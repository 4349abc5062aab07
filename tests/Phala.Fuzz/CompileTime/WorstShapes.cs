using static Phala.Fuzz.CompileTime.CodePhrase;

namespace Phala.Fuzz.CompileTime;

/// <summary>What <see cref="CompileSearch"/> found, kept for the tests.</summary>
public static class WorstShapes
{
    /// <summary>Too much for the optimizer: with it they took 5 to 40 ms for each KB that they are charged as.</summary>
    public static IReadOnlyList<CodeShape> Refused { get; } =
    [
        // 900 locals over 900 branches: seconds.
        new([If], 900, 3_600, 1),
        new([IfElse], 400, 800, 3),
        new([BranchTable], 300, 200, 5),
        new([Loop], 60, 40, 1),
        new([Select], 450, 160, 1),
        new([Global], 700, 20, 1),
        new([Return], 180, 160, 1),
        new([CallOfMany], 36, 40, 1, Arity: 8),
        new([StoreOfSum, CallOfMany, CodePhrase.Return], 18, 7, 5, 1, true, 15),
        new([CallOfMany, Table, Call, CodePhrase.Convert], 25, 35, 1, Arity: 17),
        new([IndirectCallOfMany, Call, CodePhrase.Convert, CallOfMany], 17, 71, 5, Arity: 3),
        new([IndirectCallOfMany, Block, Fill, Store], 14, 5, 5, Arity: 31),
        new([Table, StoreOfSum, Fill, Table], 106, 15, 1),
        new([Return, Load, FloatSum, Table], 67, 18, 1),
        new([WideBranchTable, StoreOfSum], 4_000, 43, 2, 1),
    ];

    /// <summary>The worst that the optimizer is let have.</summary>
    public static IReadOnlyList<CodeShape> Optimized { get; } =
    [
        new([Fill], 1, 5, 12),
        new([Call], 2, 2, 2, 1, true),
        new([StoreOfSum], 1, 17, 3),
        new([StoreOfSum, Table, Rotate, Loop, Table], 1, 12, 1),
        new([CodePhrase.Convert], 19, 1, 3),
        new([Return], 70, 22, 4),
        new([Divide], 60, 100, 1),
        new([Global, TruncateSaturating, StoreOfSum, Fill, Block], 1, 7, 2),
        new([Operands, Load, Table, Global], 14, 1, 2),
        new([Global, WideBranchTable], 18, 1, 4),
        new([Operands], 20, 400, 1, Operands: 100),
    ];
}
