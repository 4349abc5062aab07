using System.Net;

namespace Phala.Worker.Options;

/// <summary>What the host may tell the worker: resources, places and words, nothing that trust depends on.</summary>
public sealed record WorkerOptions
{
    /// <summary>Where the private listener is: everything.</summary>
    public IPEndPoint Private { get; init; } = new(IPAddress.Loopback, 8000);

    /// <summary>Where the public listener is: what clients need; null for none.</summary>
    public IPEndPoint? Public { get; init; } = new(IPAddress.Loopback, 8001);

    /// <summary>The folder for sealed files, log and snapshots.</summary>
    public required string DataDir { get; init; }

    /// <summary>How many queries run at once.</summary>
    public int Cores { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>How long a query may take.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a snapshot is written.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>How many generations of snapshots are kept.</summary>
    public int MaxCheckpointFiles { get; init; } = 5;

    /// <summary>Whether contracts may send requests to the machine itself: for development.</summary>
    public bool AllowContractLoopback { get; init; }

    /// <summary>A file of certificates whose owners vouch for servers beside those that the program was built with: for development; null for none.</summary>
    public string? ContractAuthorities { get; init; }
}
