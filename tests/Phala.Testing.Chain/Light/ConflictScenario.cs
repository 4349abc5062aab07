using Phala.Codec;
using Phala.LightClient;
using Phala.Trie;

namespace Phala.Testing.Chain.Light;

/// <summary>A light client, a block that somebody reports, and what becomes of it.</summary>
/// <param name="Name">What is wrong, or what is special.</param>
/// <param name="Genesis">The chain.</param>
/// <param name="State">The client before.</param>
/// <param name="Claim">The block.</param>
/// <param name="HeadProof">The proof that comes with it.</param>
/// <param name="Expected">What becomes of it.</param>
public sealed record ConflictScenario(string Name, Hash256 Genesis, byte[] State, FinalityClaim Claim, Vec<byte> HeadProof, ConflictError Expected)
{
    /// <summary>The client before.</summary>
    public ChainFollower Restore()
    {
        RestoreError error = ChainFollower.TryRestore(Genesis, State, out ChainFollower? follower);
        return follower ?? throw new InvalidOperationException($"{Name}: {error}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
