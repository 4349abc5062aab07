using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Runtime.Apis;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>Finds what calls name: a block by its hash or, where they name none, the best one; its header; its state.</summary>
internal sealed class ChainView(ChainStore store, RuntimeApiCalls apis, StateSnapshot? genesis = null)
{
    /// <summary>The chain.</summary>
    public ChainStore Store => store;

    /// <summary>A block's header.</summary>
    public bool TryGetHeader(in Hash256 hash, out Header header)
    {
        header = default;
        return store.TryGetHeader(hash, out byte[]? encoded) && Scale.Decode<Header>(encoded).TryGet(out header);
    }

    /// <summary>The state after a block, the best where none is named.</summary>
    /// <returns>Null, or why there is no state.</returns>
    public RpcError? StateAt(Hash256? at, [NotNull] out StateSnapshot? state) => StateAt(at, out state, out _);

    /// <summary>The state after a block, the best where none is named, and that block.</summary>
    /// <returns>Null, or why there is no state; <paramref name="state"/> is of no use then.</returns>
    public RpcError? StateAt(Hash256? at, [NotNull] out StateSnapshot? state, out BlockId block)
    {
        Hash256 hash = at ?? store.Best.Hash;
        StateLookup lookup = store.StateAt(hash, out StateSnapshot? found);

        // Light clients begin with a proof of the genesis, however old the chain is: the specification has its state.
        if (lookup == StateLookup.Pruned && genesis is not null && hash == store.GenesisHash) (lookup, found) = (StateLookup.Found, genesis);
        state = found!;
        uint number = 0;
        if (lookup == StateLookup.Found && !store.TryGetNumber(hash, out number)) lookup = StateLookup.UnknownBlock;
        block = new BlockId(hash, number);
        return lookup == StateLookup.Found ? null : NodeErrors.NoState(lookup, hash);
    }

    /// <summary>Asks the runtime.</summary>
    public ApiAnswer Call(StateSnapshot state, BlockId at, string method, ReadOnlySpan<byte> arguments) => apis.Call(state, at, method, arguments);

    /// <summary>The version of the rules that a state follows.</summary>
    public RuntimeVersion VersionOf(StateSnapshot state, BlockId at) => Scale.Decode<RuntimeVersion>(apis.Call(state, at, "Core_version", []).Bytes).Value!;

    /// <summary>Metadata for a state; null where there is no such version of it.</summary>
    public Vec<byte>? Metadata(uint version, StateSnapshot state) => apis.Metadata(version, state);
}
