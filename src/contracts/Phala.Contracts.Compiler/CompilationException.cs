namespace Phala.Contracts.Compiler;

/// <summary>Leaves a method's compilation; caught where the method was begun and reported as a diagnostic. Never leaves the compiler.</summary>
internal sealed class CompilationException(string id, string message) : Exception(message)
{
    /// <summary>One of <see cref="DiagnosticIds"/>.</summary>
    public string Id { get; } = id;

    /// <summary>The instruction that it is about, where that is not the current one; -1 otherwise.</summary>
    public int Offset { get; init; } = -1;

    /// <summary>The method that it is about, where that is not the current one.</summary>
    public Reading.MethodDef? Method { get; init; }

    /// <summary>CIL that does not verify.</summary>
    public static CompilationException Invalid(string what) => new(DiagnosticIds.InvalidCode, $"the code is not valid CIL: {what}");
}
