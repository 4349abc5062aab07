using Phala.Fuzz.Targets.Chain;
using Phala.Fuzz.Targets.Client;
using Phala.Fuzz.Targets.Clusters;
using Phala.Fuzz.Targets.Codec;
using Phala.Fuzz.Targets.Crypto;
using Phala.Fuzz.Targets.LightClient;
using Phala.Fuzz.Targets.Network;
using Phala.Fuzz.Targets.Node;
using Phala.Fuzz.Targets.Trie;
using Phala.Fuzz.Targets.Wasm;
using Phala.Fuzz.Targets.Worker;
using Phala.Testing;

namespace Phala.Fuzz;

/// <summary>Every decoder and verifier that meets bytes from outside.</summary>
public static class FuzzTargets
{
    /// <summary>All targets, in the order in which they are run.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. CodecTargets.All, .. CryptoTargets.All, .. TrieTargets.All, .. ChainTargets.All, .. LightClientTargets.All, .. WasmTargets.All, .. NodeTargets.All, .. StorageTargets.All, .. NetworkTargets.All, .. ClusterTargets.All, .. WorkerTargets.All, .. ClientTargets.All];
}
