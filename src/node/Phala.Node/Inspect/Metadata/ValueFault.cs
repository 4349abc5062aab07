namespace Phala.Node.Inspect.Metadata;

/// <summary>Why bytes are no value of a type, and where.</summary>
/// <param name="Error">Why.</param>
/// <param name="Position">The place in bytes.</param>
/// <param name="Detail">What exactly is wrong.</param>
public sealed record ValueFault(ValueError Error, int Position, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"at byte {Position}: {Detail}");
}
