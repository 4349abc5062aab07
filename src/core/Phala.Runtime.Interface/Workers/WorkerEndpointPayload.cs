using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Workers;

/// <summary>Where a worker answers, as it signs it: <c>ff 02 ‖ SCALE(this)</c>.</summary>
/// <param name="Pubkey">Its identity key.</param>
/// <param name="VersionedEndpoints">Where.</param>
/// <param name="SigningTime">When it was signed, in milliseconds since 1970.</param>
[Scale("phala_types::WorkerEndpointPayload")]
public sealed partial record WorkerEndpointPayload(Sr25519PublicKey Pubkey, VersionedWorkerEndpoints VersionedEndpoints, ulong SigningTime)
{
    /// <summary>What the transaction with the endpoint provides in a pool: <c>SCALE("PhalaRegistryEndpoint", identity)</c>. Two with the same are one.</summary>
    public Vec<byte> PoolTag() => Vec.Create<byte>(Scale.Encode<Tuple2Codec<StringCodec, string, Sr25519PublicKey, Sr25519PublicKey>, (string, Sr25519PublicKey)>(("PhalaRegistryEndpoint", Pubkey)));
}
