using Phala.Chain;
using Phala.Codec;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Worker.Keys;

/// <summary>What <c>identity.seal</c> holds beside the seed.</summary>
/// <param name="Version">1.</param>
/// <param name="Genesis">The chain that the identity is for; none before it was begun.</param>
/// <param name="Source">Where the worker takes the queue's position from.</param>
/// <param name="Operator">Who runs the worker.</param>
[Scale]
internal readonly partial record struct IdentityRecord(byte Version, Option<Hash256> Genesis, QueueSource Source, Option<AccountId> Operator)
{
    /// <summary>The version that is written and read.</summary>
    public const byte Current = 1;
}
