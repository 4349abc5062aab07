using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Workers;

/// <summary>A claim with what supports it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Report">The attestation, over the claim's report data.</param>
/// <param name="IdentitySignature">The identity's sr25519 signature over the report data, in the context <c>substrate</c>.</param>
/// <param name="SessionSignature">The signing key's over the same.</param>
[Scale("phala_types::SignedSessionClaim")]
public sealed partial record SignedSessionClaim(
    SessionClaim Claim, AttestationReport Report, Sr25519SignatureBytes IdentitySignature, Sr25519SignatureBytes SessionSignature);
