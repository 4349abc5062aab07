using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Worker.Interface.Sync;

/// <summary>A worker's failure with the signature of its session. The reply of <c>GetFaults</c> has a list of these.</summary>
/// <param name="Report">The failure.</param>
/// <param name="Session">The key that signed.</param>
/// <param name="Signature">Its sr25519 signature over the report's signing bytes, in the context <c>substrate</c>.</param>
[Scale]
public sealed partial record SignedFaultReport(FaultReport Report, Sr25519PublicKey Session, Sr25519SignatureBytes Signature);
