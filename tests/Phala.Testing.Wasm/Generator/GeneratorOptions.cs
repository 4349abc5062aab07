using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>What kind of modules to make.</summary>
/// <param name="Portable">
/// Any engine gives the same results: no imports, every run ends without fuel, and results of floating-point arithmetic that are NaN are replaced
/// by the canonical ones before anything can see their bits.
/// </param>
/// <param name="Bounded">Loops and calls count down to an end of their own. Without it fuel or stack must stop some runs.</param>
/// <param name="Probed">The module imports one function and nothing else: <c>env.host</c>, from i32 and i64 to i32.</param>
/// <param name="Integers">Nothing in the module has to do with floating point.</param>
public sealed record GeneratorOptions(bool Portable, bool Bounded, bool Probed = false, bool Integers = false)
{
    private static readonly ValueKind[] AllNumbers = [ValueKind.I32, ValueKind.I64, ValueKind.F32, ValueKind.F64];

    /// <summary>The types of numbers in the module.</summary>
    public IReadOnlyList<ValueKind> Numbers => Integers ? AllNumbers[..2] : AllNumbers;

    /// <summary>The types of values in the module.</summary>
    public IReadOnlyList<ValueKind> Kinds => [.. Numbers, ValueKind.FuncRef, ValueKind.ExternRef];

    /// <summary>For tests that look at the machine from within a call.</summary>
    public static GeneratorOptions WithProbe { get; } = new(Portable: false, Bounded: true, Probed: true);

    /// <summary>For engines that know nothing of fuel.</summary>
    public static GeneratorOptions ForForeignEngines { get; } = new(Portable: true, Bounded: true);

    /// <summary>For implementations of this profile; one module in five may run for ever, one in eight does without floats.</summary>
    public static GeneratorOptions ForThisProfile(int seed) => new(Portable: false, Bounded: seed % 5 != 0, Integers: seed % 8 == 0);

    /// <summary>Whether functions of this type may occur.</summary>
    public bool Allows(FunctionType type) => !Integers || !(type.Parameters.ToArray().Any(ValueKinds.IsFloat) || type.Results.ToArray().Any(ValueKinds.IsFloat));
}
