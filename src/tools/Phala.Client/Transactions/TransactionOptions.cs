namespace Phala.Client.Transactions;

/// <summary>How a transaction is made, apart from its call.</summary>
public sealed record TransactionOptions
{
    /// <summary>The number of the signer's transactions before; null for the next one that the node's pool knows of.</summary>
    public uint? Nonce { get; init; }

    /// <summary>What is paid above the fee, in units of 10⁻¹² PHA.</summary>
    public UInt128 Tip { get; init; }

    /// <summary>For how many blocks from the last final one on the transaction is valid, rounded up to a power of two; null for ever. As it is, 25 minutes of a chain with blocks of 6 seconds, and as many seconds of one with 100 milliseconds.</summary>
    public uint? Period { get; init; } = 256;
}
