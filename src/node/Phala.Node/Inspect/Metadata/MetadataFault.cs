namespace Phala.Node.Inspect.Metadata;

/// <summary>Why bytes are no metadata that can be read, and where.</summary>
/// <param name="Error">Why.</param>
/// <param name="Position">The place in bytes.</param>
/// <param name="Detail">What exactly is wrong.</param>
public sealed record MetadataFault(MetadataError Error, int Position, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"metadata, at byte {Position}: {Detail}");
}
