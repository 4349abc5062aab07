using System.Globalization;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Runtime.Apis;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>Errors with the codes and words of Substrate's node, which clients show and some of them match.</summary>
internal static class NodeErrors
{
    private const int ChainOther = 3001, BlockRange = 4001, Count = 4002, ClientCode = 4003;

    /// <summary>A number that is no block's.</summary>
    public static RpcError NumberTooLarge(ulong number) =>
        new(ChainOther, string.Create(CultureInfo.InvariantCulture, $"`{number}` > u32::MAX, the max block number is u32."));

    /// <summary>The blocks from one to another can't be walked.</summary>
    public static RpcError InvalidBlockRange(ChainHead from, ChainHead to, string details) =>
        new(BlockRange, $"Cannot resolve a block range ['{Quote(from)}' ... '{Quote(to)}]. {details}");

    /// <summary>More was asked for than is given at once.</summary>
    public static RpcError InvalidCount(long value, int max) =>
        new(Count, string.Create(CultureInfo.InvariantCulture, $"count exceeds maximum value. value: {value}, max: {max}"));

    /// <summary>The chain does not have what was asked for.</summary>
    public static RpcError Client(string text) => new(ClientCode, $"Client error: {text}");

    /// <summary>There is no such block.</summary>
    public static RpcError UnknownBlock(in Hash256 hash) => Client(UnknownBlockText(hash));

    /// <summary>There is no such state, or it is not kept any more.</summary>
    public static RpcError NoState(StateLookup lookup, in Hash256 hash) => Client(NoStateText(lookup, hash));

    /// <summary>Why there is no state.</summary>
    public static string NoStateText(StateLookup lookup, in Hash256 hash) =>
        lookup == StateLookup.Pruned ? $"UnknownBlock: State already discarded for {Hex.Format(hash.AsSpan())}" : UnknownBlockText(hash);

    /// <summary>Why a runtime API gave no answer.</summary>
    public static string CallText(ApiError error, string method) => error switch
    {
        ApiError.UnknownMethod => $"Execution failed: Other: Exported method {method} is not found",
        ApiError.BadArguments => $"Execution failed: Execution aborted due to panic: Bad input data provided to {method}",
        ApiError.UnknownVersion => "Execution failed: Other: The state follows rules that this program does not know",
        ApiError.BadBlock => "Execution failed: Execution aborted due to panic: The block breaks the rules",
        _ => $"Execution failed: Other: {method} is not for clients to ask",
    };

    private static string UnknownBlockText(in Hash256 hash) => $"UnknownBlock: Header was not found in the database: {Hex.Format(hash.AsSpan())}";

    private static string Quote(ChainHead block) => string.Create(CultureInfo.InvariantCulture, $"\"{block.Number} ({Hex.Format(block.Hash.AsSpan())})\"");
}
