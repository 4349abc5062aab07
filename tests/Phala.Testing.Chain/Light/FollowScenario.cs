using Phala.LightClient;
using Phala.Trie;

namespace Phala.Testing.Chain.Light;

/// <summary>A light client, a request, and what becomes of it.</summary>
/// <param name="Name">What is wrong, or what is special.</param>
/// <param name="Genesis">The chain.</param>
/// <param name="State">The client before.</param>
/// <param name="Request">The encoded request.</param>
/// <param name="Expected">What becomes of it.</param>
public sealed record FollowScenario(string Name, Hash256 Genesis, byte[] State, byte[] Request, FollowError Expected)
{
    /// <summary>The client before the request.</summary>
    public ChainFollower Restore()
    {
        RestoreError error = ChainFollower.TryRestore(Genesis, State, out ChainFollower? follower);
        return follower ?? throw new InvalidOperationException($"{Name}: {error}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
