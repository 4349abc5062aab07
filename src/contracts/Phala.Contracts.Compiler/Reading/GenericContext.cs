namespace Phala.Contracts.Compiler.Reading;

/// <summary>What type parameters stand for in a piece of metadata.</summary>
/// <param name="TypeArguments">Those of the type, or null to leave its parameters as they are.</param>
/// <param name="MethodArguments">Those of the method, or null to leave its parameters as they are.</param>
internal readonly record struct GenericContext(ClrType[]? TypeArguments, ClrType[]? MethodArguments)
{
    /// <summary>Leaves every parameter as it is.</summary>
    public static GenericContext Open => default;
}
