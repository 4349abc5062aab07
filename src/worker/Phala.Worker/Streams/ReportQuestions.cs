using Phala.Trie;

namespace Phala.Worker.Streams;

/// <summary>What a worker wants to know of what the chain made of a cluster's reports.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="AsksVotes">Whether it wants to know of which entries the chain keeps votes.</param>
/// <param name="Counts">Entries of which it wants to know whether they are anchored.</param>
internal sealed record ReportQuestions(Hash256 Cluster, bool AsksVotes, IReadOnlyList<ulong> Counts);
