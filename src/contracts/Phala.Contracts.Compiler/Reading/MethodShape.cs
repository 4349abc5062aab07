namespace Phala.Contracts.Compiler.Reading;

/// <summary>A method's parameters and result.</summary>
/// <param name="HasThis">Whether it has a receiver, which is not among the parameters.</param>
/// <param name="Arity">How many type parameters the method itself has.</param>
/// <param name="Result">The result's type, perhaps void.</param>
/// <param name="Parameters">The parameters' types.</param>
internal sealed record MethodShape(bool HasThis, int Arity, ClrType Result, ClrType[] Parameters)
{
    /// <summary>Whether two methods have the same parameters and result; types are interned.</summary>
    public bool Matches(MethodShape other) =>
        HasThis == other.HasThis && Arity == other.Arity && Result == other.Result && Parameters.AsSpan().SequenceEqual(other.Parameters);
}
