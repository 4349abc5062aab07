using Phala.Codec;

namespace Phala.Worker.Keys;

/// <summary>What <c>gatekeeper.seal</c> holds.</summary>
/// <param name="Version">1.</param>
/// <param name="Master">The master key's seed; none before there is one.</param>
/// <param name="Clusters">The clusters' secrets.</param>
[Scale]
internal sealed partial record GatekeeperRecord(byte Version, Option<KeyBytes> Master, Vec<SealedCluster> Clusters)
{
    /// <summary>The version that is written and read.</summary>
    public const byte Current = 1;
}
