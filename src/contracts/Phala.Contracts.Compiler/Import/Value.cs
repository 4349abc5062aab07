using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>An entry of CIL's evaluation stack: the scalars of a value, or something that exists only while compiling.</summary>
internal sealed record Value(ClrType Type, Expression[] Leaves)
{
    /// <summary>For an address: what it is the address of, if that is known and in locals. There are no scalars then.</summary>
    public Place? Place { get; init; }

    /// <summary>For a function pointer: the method.</summary>
    public ClrMethod? Method { get; init; }

    /// <summary>Whether <see cref="Method"/> is still to be looked up in the receiver's type.</summary>
    public bool IsVirtualMethod { get; init; }

    /// <summary>For the token of a field.</summary>
    public ClrField? Field { get; init; }

    /// <summary>For the token of a type.</summary>
    public ClrType? TypeToken { get; init; }

    /// <summary>Whether it has numbers: everything but places, tokens and function pointers.</summary>
    public bool IsPlain => Place is null && Method is null && Field is null && TypeToken is null;

    public bool IsSimple => Leaves.All(static leaf => leaf.IsSimple);
}
