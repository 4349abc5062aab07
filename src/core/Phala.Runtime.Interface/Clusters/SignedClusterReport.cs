using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>A report with the signature of a member's session.</summary>
/// <param name="Report">The report.</param>
/// <param name="Worker">The member.</param>
/// <param name="Signature">Its session's sr25519 signature over the report's signing bytes, in the context <c>substrate</c>.</param>
[Scale("phala_types::receipt::SignedClusterReport")]
public sealed partial record SignedClusterReport(ClusterReport Report, Sr25519PublicKey Worker, Sr25519SignatureBytes Signature)
{
    /// <summary>What the transaction with the report provides in a pool: <c>SCALE("PhalaClusterReport", cluster, count, worker)</c>. Two with the same are one.</summary>
    public Vec<byte> PoolTag() => Vec.Create<byte>(
        Scale.Encode<Tuple4Codec<StringCodec, string, Hash256, Hash256, U64Codec, ulong, Sr25519PublicKey, Sr25519PublicKey>, (string, Hash256, ulong, Sr25519PublicKey)>(
            ("PhalaClusterReport", Report.Cluster, Report.Queue.Count, Worker)));
}
