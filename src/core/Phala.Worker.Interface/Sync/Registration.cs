using Phala.Codec;
using Phala.Runtime.Interface.Workers;

namespace Phala.Worker.Interface.Sync;

/// <summary>What <c>PhalaRegistry.RegisterWorkerV2</c> is called with: the reply of <c>GetRegistration</c>.</summary>
/// <param name="Info">What the worker says of itself.</param>
/// <param name="Attestation">Its attestation.</param>
[Scale]
public sealed partial record Registration(WorkerRegistrationInfoV2 Info, Option<AttestationReport> Attestation);
