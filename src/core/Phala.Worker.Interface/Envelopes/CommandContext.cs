using Phala.Chain;
using Phala.Trie;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>What a sealed command is bound to besides its own fields.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Contract">The contract.</param>
/// <param name="Sender">The account that sends it.</param>
public readonly record struct CommandContext(Hash256 Genesis, Hash256 Cluster, Hash256 Contract, AccountId Sender);
