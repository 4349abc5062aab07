namespace Phala.Client.Contracts.Ink;

/// <summary>What is wrong with a value, and where in it.</summary>
/// <param name="Path">The way from the whole value, such as <c>[2].price</c>; empty for the whole.</param>
/// <param name="Expected">What is expected there.</param>
/// <param name="Found">What is there.</param>
public sealed record ValueFault(string Path, string Expected, string Found)
{
    /// <summary>The same fault as seen from one level further out.</summary>
    internal ValueFault In(string step) => this with { Path = step + Path };

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Expected} is expected, not {Found}.";
}
