using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;

namespace Phala.Worker.Streams;

/// <summary>A worker's session.</summary>
/// <param name="Identity">The worker.</param>
/// <param name="Record">Its session.</param>
[Scale]
internal sealed partial record WorkerSession(Sr25519PublicKey Identity, SessionRecord Record);
