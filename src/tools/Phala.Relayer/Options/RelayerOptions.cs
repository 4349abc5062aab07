using Phala.Chain;
using Phala.Client.Transactions;

namespace Phala.Relayer.Options;

/// <summary>What a relayer is told.</summary>
public sealed record RelayerOptions
{
    /// <summary>The node's JSON-RPC.</summary>
    public required Uri Node { get; init; }

    /// <summary>The workers.</summary>
    public required IReadOnlyList<WorkerEndpoint> Workers { get; init; }

    /// <summary>Who pays for what is not free: registrations and endpoints.</summary>
    public required AccountSigner Signer { get; init; }

    /// <summary>Who runs the workers, as their registration says; the signer's account if null.</summary>
    public AccountId? Operator { get; init; }

    /// <summary>The most entries that are asked of the node at once.</summary>
    public int FetchEntries { get; init; } = 256;

    /// <summary>The most entries that are brought to a worker at once.</summary>
    public int SyncEntries { get; init; } = 1024;

    /// <summary>The most bytes of entries that are brought to a worker at once.</summary>
    public int SyncBytes { get; init; } = 4 << 20;

    /// <summary>For how many blocks a signed transaction is valid: a power of two.</summary>
    public uint Longevity { get; init; } = 64;

    /// <summary>What is paid beyond the fee, in units of 10⁻¹² PHA.</summary>
    public UInt128 Tip { get; init; }

    /// <summary>The longest pause before what failed is tried again: a connection, or a worker's next step.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
