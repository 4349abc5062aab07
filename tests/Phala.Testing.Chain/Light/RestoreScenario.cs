using Phala.LightClient;
using Phala.Trie;

namespace Phala.Testing.Chain.Light;

/// <summary>The encoding of a light client's state, and what becomes of it.</summary>
/// <param name="Name">What is wrong, or what is special.</param>
/// <param name="Genesis">The chain that is trusted.</param>
/// <param name="Encoded">The encoding.</param>
/// <param name="Expected">What becomes of it.</param>
public sealed record RestoreScenario(string Name, Hash256 Genesis, byte[] Encoded, RestoreError Expected)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
