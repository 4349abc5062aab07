using Phala.Trie;

namespace Phala.Clusters.Pink;

/// <summary>A line that a contract wrote to the log.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Level">1 error, 2 warning, 3 information, 4 debugging, 5 tracing.</param>
/// <param name="Message">The line.</param>
public sealed record ContractLog(Hash256 Contract, byte Level, string Message);
