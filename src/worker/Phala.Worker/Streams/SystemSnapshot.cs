using Phala.Codec;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Keys;

namespace Phala.Worker.Streams;

/// <summary>What the system's channel says up to an entry.</summary>
/// <param name="Cursor">The entry.</param>
/// <param name="Sessions">The newest session of each worker, in ascending order of identities.</param>
/// <param name="Clusters">The clusters, in ascending order of ids.</param>
/// <param name="FirstGatekeeper">Who makes the master key.</param>
/// <param name="Gatekeepers">Who is in office.</param>
/// <param name="Master">The master key's public half.</param>
/// <param name="IsRegistered">Whether the worker itself was registered.</param>
[Scale]
internal sealed partial record SystemSnapshot(
    QueueCursor Cursor,
    Vec<WorkerSession> Sessions,
    Vec<ClusterFacts> Clusters,
    Option<Sr25519PublicKey> FirstGatekeeper,
    Vec<Sr25519PublicKey> Gatekeepers,
    Option<Sr25519PublicKey> Master,
    bool IsRegistered);
