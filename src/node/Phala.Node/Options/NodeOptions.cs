using System.Net;
using Phala.Node.Network;
using Phala.Node.Rpc;
using Phala.Node.Storage;

namespace Phala.Node.Options;

/// <summary>What a node is told at its start.</summary>
public sealed record NodeOptions
{
    /// <summary>The name that other nodes and people see.</summary>
    public string Name { get; init; } = "phala-node";

    /// <summary>A built-in chain's name, or a file with a chain specification.</summary>
    public string Chain { get; init; } = "dev";

    /// <summary>The folder for the data of all chains.</summary>
    public required string BasePath { get; init; }

    /// <summary>Whether the data is thrown away at the end.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Whether the node makes blocks, if it has keys.</summary>
    public bool IsValidator { get; init; }

    /// <summary>Secret URIs of keys that the node has from its start.</summary>
    public IReadOnlyList<string> KeyUris { get; init; } = [];

    /// <summary>The password of the secrets in the keystore; null for none.</summary>
    public string? KeystorePassword { get; init; }

    /// <summary>Whether it is a development chain: it makes blocks when there is something to do, and every third slot.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>The length of a slot in milliseconds for a built-in chain; null for the chain's own.</summary>
    public ulong? BlockMilliseconds { get; init; }

    /// <summary>The RPC server.</summary>
    public RpcOptions Rpc { get; init; } = new();

    /// <summary>Where peers are taken; null for nowhere.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>Where metrics are served; null for nowhere.</summary>
    public IPEndPoint? Metrics { get; init; } = new(IPAddress.Loopback, 9615);

    /// <summary>How much is kept.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>Whether log lines are JSON.</summary>
    public bool JsonLog { get; init; }

    /// <summary>Whether the node stops when standard input ends.</summary>
    public bool StopsWithInput { get; init; }

    /// <summary>Which log lines are written: a level, or <c>target=level</c> separated by commas.</summary>
    public string LogFilter { get; init; } = "info";
}
