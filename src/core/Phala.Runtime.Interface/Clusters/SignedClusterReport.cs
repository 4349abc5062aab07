using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>A report with the signature of a member's session.</summary>
/// <param name="Report">The report.</param>
/// <param name="Worker">The member.</param>
/// <param name="Signature">Its session's sr25519 signature over the report's signing bytes, in the context <c>substrate</c>.</param>
[Scale("phala_types::receipt::SignedClusterReport")]
public sealed partial record SignedClusterReport(ClusterReport Report, Sr25519PublicKey Worker, Sr25519SignatureBytes Signature);
