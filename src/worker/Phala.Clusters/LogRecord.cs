using Phala.Trie;

namespace Phala.Clusters;

/// <summary>Something that a cluster noted.</summary>
/// <param name="Index">The message's place in the entry.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">Of which contract or code; zeros where of none.</param>
public readonly record struct LogRecord(uint Index, LogKind Kind, Hash256 Subject);
