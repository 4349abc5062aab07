namespace Phala.Wasm.Binary;

/// <summary>Questions about <see cref="ValueKind"/>.</summary>
public static class ValueKinds
{
    /// <summary>Whether values of this type are references.</summary>
    public static bool IsReference(this ValueKind kind) => kind is ValueKind.FuncRef or ValueKind.ExternRef;

    /// <summary>Whether values of this type are floating-point numbers.</summary>
    public static bool IsFloat(this ValueKind kind) => kind is ValueKind.F32 or ValueKind.F64;

    internal static bool IsDefined(byte encoded) => encoded is >= (byte)ValueKind.F64 and <= (byte)ValueKind.I32 or (byte)ValueKind.FuncRef or (byte)ValueKind.ExternRef;

    /// <summary>The type that a letter of an instruction's signature stands for.</summary>
    internal static ValueKind FromLetter(char letter) => letter switch
    {
        'i' => ValueKind.I32,
        'l' => ValueKind.I64,
        'f' => ValueKind.F32,
        'd' => ValueKind.F64,
        'r' => ValueKind.FuncRef,
        'x' => ValueKind.ExternRef,
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "not a letter of a signature"),
    };
}
