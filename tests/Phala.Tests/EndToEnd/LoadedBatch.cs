using Phala.Chain.Extrinsics;

namespace Phala.Tests.EndToEnd;

/// <summary>A signed transaction with some commands. Submitted as often as it takes: the account's nonce lets it count once.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Commands">The commands in it, in order.</param>
internal sealed record LoadedBatch(OpaqueExtrinsic Transaction, uint Nonce, IReadOnlyList<LoadedCommand> Commands);
