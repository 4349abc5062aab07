namespace Phala.Client.Clusters;

/// <summary>What goes with a command.</summary>
public sealed record CommandOptions
{
    /// <summary>The gas that it may take.</summary>
    public ulong GasLimit { get; init; } = 10_000_000_000;

    /// <summary>Tokens of the sender in the cluster that the contract is given, in units of 10⁻¹² PHA.</summary>
    public UInt128 Transfer { get; init; }

    /// <summary>Tokens of the sender on the chain that are moved into the cluster first.</summary>
    public UInt128 Deposit { get; init; }

    /// <summary>What it may lock for what it stores: unless something else is said what an estimate says, and a quarter more.</summary>
    public DepositLimit DepositLimit { get; init; }

    /// <summary>Whether it can be read by everybody. Its outcome then has no receipt that its sender could open.</summary>
    public bool IsPlain { get; init; }
}
