namespace Phala.Node.ChainSpecs;

/// <summary>Why a chain specification can't be used, and where.</summary>
/// <param name="Field">The field, such as <c>genesis.raw.top</c>.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record ChainSpecError(string Field, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"chain specification: {Field}: {Problem}";
}
