using Phala.Trie;

namespace Phala.Client;

/// <summary>How a client talks to a node, and the bounds of what it takes from it.</summary>
public sealed record ClientOptions
{
    /// <summary>The hash of the chain's first block; null for whatever the node has.</summary>
    public Hash256? Genesis { get; init; }

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After so long without a message the node is asked for a sign of life, and has as long again to give one.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest message in bytes.</summary>
    public int MaxMessageSize { get; init; } = 32 << 20;

    /// <summary>How many requests may be under way. Further callers wait.</summary>
    public int MaxPending { get; init; } = 4096;

    /// <summary>How many notifications of one subscription may wait for their reader.</summary>
    public int MaxNotifications { get; init; } = 1024;

    /// <summary>How many bytes of notifications of one subscription may wait for their reader.</summary>
    public int MaxNotificationBytes { get; init; } = 64 << 20;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
