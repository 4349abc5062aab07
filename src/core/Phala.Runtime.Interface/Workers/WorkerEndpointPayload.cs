using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Workers;

/// <summary>Where a worker answers, as it signs it: <c>ff 02 ‖ SCALE(this)</c>.</summary>
/// <param name="Pubkey">Its identity key.</param>
/// <param name="VersionedEndpoints">Where.</param>
/// <param name="SigningTime">When it was signed, in milliseconds since 1970.</param>
[Scale("phala_types::WorkerEndpointPayload")]
public sealed partial record WorkerEndpointPayload(Sr25519PublicKey Pubkey, VersionedWorkerEndpoints VersionedEndpoints, ulong SigningTime);
