namespace Phala.Node.TxPool;

/// <summary>How much one of the two sets of transactions may hold.</summary>
/// <param name="Count">Transactions.</param>
/// <param name="Bytes">Their lengths together, in bytes.</param>
/// <param name="PerAccount">Transactions of one signer; those without a signer count as one signer's.</param>
public readonly record struct PoolLimits(int Count, long Bytes, int PerAccount);
