using System.Security.Cryptography;
using Phala.Crypto.Signatures;
using Phala.Node.Consensus;
using Phala.Node.Storage;
using Phala.Node.TxPool;

namespace Phala.Node.Network;

/// <summary>What the network speaks for.</summary>
public sealed record NetworkContext
{
    /// <summary>The chain.</summary>
    public required ChainStore Store { get; init; }

    /// <summary>What happens to the chain.</summary>
    public required ChainFeed Feed { get; init; }

    /// <summary>Where transactions of peers go.</summary>
    public required TransactionPool Pool { get; init; }

    /// <summary>Who this node is; remains the caller's.</summary>
    public required Ed25519KeyPair Identity { get; init; }

    /// <summary>Program and version, as peers see them.</summary>
    public required string Agent { get; init; }

    /// <summary>Whether it makes blocks.</summary>
    public bool IsAuthority { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Fills a span with random bytes that nobody can guess.</summary>
    public Action<Span<byte>> Entropy { get; init; } = RandomNumberGenerator.Fill;
}
