using Phala.Chain.Grandpa;
using Phala.LightClient;

namespace Phala.Testing.Chain.Light;

/// <summary>Evidence, and what a verifier says of it.</summary>
/// <param name="Name">What is wrong, or what is special.</param>
/// <param name="Encoded">The evidence.</param>
/// <param name="Trusted">The set that the verifier knows; null if he knows none.</param>
/// <param name="Expected">What he says.</param>
/// <param name="Kind">How the blocks contradict each other.</param>
public sealed record EvidenceScenario(string Name, byte[] Encoded, AuthoritySet? Trusted, EvidenceError Expected, EvidenceKind Kind = default)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
