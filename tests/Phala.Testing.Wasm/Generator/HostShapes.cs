using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>The functions and globals that generated modules may import. What the functions do is told here; each side implements them itself.</summary>
public static class HostShapes
{
    /// <summary>The name of the providing module.</summary>
    public const string Module = "host";

    /// <summary>(a, b) → a·31 + b.</summary>
    public const string Mix = "mix";

    /// <summary>(a, b) → a xor the bits of b, rotated left by 7.</summary>
    public const string Fold = "fold";

    /// <summary>(a) → nothing.</summary>
    public const string Note = "note";

    /// <summary>(a) → a + 1; fails with code 7 where the lowest four bits of a are all ones.</summary>
    public const string Fail = "fail";

    /// <summary>(a, f) → a.</summary>
    public const string Pass = "pass";

    /// <summary>() → the fuel that is left.</summary>
    public const string Fuel = "fuel";

    /// <summary>A constant global with the value 77.</summary>
    public const string ConstantGlobal = "constant";

    /// <summary>A mutable global that begins with -5.</summary>
    public const string MutableGlobal = "mutable";

    /// <summary>A memory of one page, at most three.</summary>
    public const string Memory = "memory";

    /// <summary>A table of 12 functions, at most 40.</summary>
    public const string Table = "table";

    /// <summary>The functions with their types.</summary>
    public static IReadOnlyList<(string Name, FunctionType Type)> Functions { get; } =
    [
        (Mix, new FunctionType([ValueKind.I32, ValueKind.I32], [ValueKind.I32])),
        (Fold, new FunctionType([ValueKind.I64, ValueKind.F64], [ValueKind.I64])),
        (Note, new FunctionType([ValueKind.F32], [])),
        (Fail, new FunctionType([ValueKind.I32], [ValueKind.I32])),
        (Pass, new FunctionType([ValueKind.ExternRef, ValueKind.FuncRef], [ValueKind.ExternRef])),
        (Fuel, new FunctionType([], [ValueKind.I64])),
    ];
}
