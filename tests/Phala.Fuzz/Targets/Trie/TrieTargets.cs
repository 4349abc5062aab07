using Phala.Testing;

namespace Phala.Fuzz.Targets.Trie;

/// <summary>The decoders of Phala.Trie.</summary>
public static class TrieTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [new NodeTarget(), new ProofTarget(), new ProofEncodingTarget(), new StateDeltaTarget()];
}
