using Microsoft.Extensions.Logging;
using Phala.Clusters.Execution;
using Phala.LightClient.Delivery;
using Phala.Worker.Attestation;
using Phala.Worker.Contracts;
using Phala.Worker.Files;
using Phala.Worker.Sealing;

namespace Phala.Worker.Boot;

/// <summary>What a worker is made of that tests make otherwise.</summary>
internal sealed record WorkerParts
{
    /// <summary>Where files are.</summary>
    public required IFileSystem Files { get; init; }

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What seals.</summary>
    public required ISealingProvider Sealing { get; init; }

    /// <summary>What vouches.</summary>
    public required IAttestationProvider Attestation { get; init; }

    /// <summary>The contracts of the program.</summary>
    public ContractCodes Codes { get; init; } = ContractCodes.Standard;

    /// <summary>What sends the requests of contracts' queries.</summary>
    public ContractHttp Http { get; init; } = new(new ContractHttpOptions());

    /// <summary>The machine's clock, as contracts' queries see it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many generations of snapshots are kept.</summary>
    public int Kept { get; init; } = 5;

    /// <summary>Entries from one waypoint of the queue to the next.</summary>
    public int WaypointSpacing { get; init; } = QueueWaypoints.DefaultSpacing;

    /// <summary>The log.</summary>
    public required ILogger Log { get; init; }
}
