namespace Phala.Node.TxPool;

/// <summary>How much the pool holds.</summary>
/// <param name="Ready">Transactions that could be in the next blocks.</param>
/// <param name="ReadyBytes">Their lengths together.</param>
/// <param name="Future">Transactions that wait for others.</param>
/// <param name="FutureBytes">Their lengths together.</param>
/// <param name="Watches">Watchers.</param>
/// <param name="Banned">Hashes that are not looked at.</param>
public readonly record struct PoolCounts(int Ready, long ReadyBytes, int Future, long FutureBytes, int Watches, int Banned);
