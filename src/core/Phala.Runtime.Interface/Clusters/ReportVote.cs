using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What one member reported of an entry.</summary>
/// <param name="Worker">The member.</param>
/// <param name="Session">The key of the session that signed.</param>
/// <param name="Report">The report's hash.</param>
[Scale("phala_types::receipt::ReportVote")]
public readonly partial record struct ReportVote(Sr25519PublicKey Worker, Sr25519PublicKey Session, Hash256 Report);
