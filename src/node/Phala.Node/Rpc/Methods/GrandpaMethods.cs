using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Node.Storage;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>grandpa_*</c>: who makes blocks final, how far they are, and what proves it.</summary>
internal sealed class GrandpaMethods(ChainView chain, ChainBroadcast broadcast)
{
    /// <summary>How far from a block a justification is looked for before the end of the authority set is taken, and how many headers a proof may have.</summary>
    private const uint Near = 512, MaxHeaders = 16_384;

    private const int NotReady = 1, ProveFinalityFailed = 4;

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("grandpa_roundState", RpcAccess.Safe, RoundState);
        registry.Method("grandpa_proveFinality", RpcAccess.Safe, ProveFinality);
        registry.Subscription(new("grandpa_subscribeJustifications", "grandpa_unsubscribeJustifications", "grandpa_justifications"), RpcAccess.Safe, (_, subscription) =>
        {
            broadcast.SubscribeJustifications(subscription);
            return null;
        });
    }

    /// <summary>The round after the finalized block, in which nobody has voted yet: votes of this node's authorities are cast and counted in one step.</summary>
    private RpcError? RoundState(RpcCall call, Utf8JsonWriter result)
    {
        ChainHead finalized = chain.Store.Finalized;
        if (chain.StateAt(finalized.Hash, out StateSnapshot? state) is { } error) return error;
        if (AuthoritySet.TryCreate(Grandpa.CurrentSetId.Get(state.Main), Grandpa.Authorities.Get(state.Main), out AuthoritySet? set) != AuthoritySetError.None)
        {
            return new RpcError(NotReady, "GRANDPA RPC endpoint not ready");
        }

        result.WriteStartObject();
        result.WriteNumber("setId", set!.Id);
        result.WriteStartObject("best");
        result.WriteNumber("round", (ulong)finalized.Number + 1);
        result.WriteNumber("totalWeight", set.TotalWeight);
        result.WriteNumber("thresholdWeight", set.Threshold);
        WriteVotes(result, "prevotes", set);
        WriteVotes(result, "precommits", set);
        result.WriteEndObject();
        result.WriteStartArray("background");
        result.WriteEndArray();
        result.WriteEndObject();
        return null;
    }

    private static void WriteVotes(Utf8JsonWriter writer, string name, AuthoritySet set)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("currentWeight", 0);
        writer.WriteStartArray("missing");
        foreach (GrandpaAuthority authority in set.Authorities) writer.WriteStringValue(Ss58.Encode(authority.Id.AsSpan(), Ss58.GenericPrefix));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private RpcError? ProveFinality(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryBlockNumber("block", out ulong wide)) return call.Parameters.Error;
        ChainHead finalized = chain.Store.Finalized;
        if (wide > finalized.Number) return Failed("Block has not yet been finalized");
        uint number = (uint)wide;
        if (!TryFindJustified(number, finalized.Number, out uint justified, out byte[]? justification))
        {
            result.WriteNullValue();
            return null;
        }

        if (justified - number > MaxHeaders) return Failed("Too many headers lie between the block and the next justified one");
        List<Header> headers = [];
        Hash256 block = default;
        for (uint at = number; at <= justified; at++)
        {
            if (!chain.Store.TryGetHash(at, out block) || !chain.TryGetHeader(block, out Header header)) return NodeErrors.UnknownBlock(block);
            if (at > number) headers.Add(header);
        }

        result.WriteHexValue(Scale.Encode(new FinalityProof(block, Vec.Create<byte>(justification), [.. headers])));
        return null;
    }

    /// <summary>The nearest justified block at or above one: by the same authority set, for the last block of a set is always justified.</summary>
    private bool TryFindJustified(uint number, uint finalized, out uint justified, out byte[]? justification)
    {
        for (justified = number; justified <= finalized && justified - number < Near; justified++)
        {
            if (chain.Store.TryGetHash(justified, out Hash256 hash) && chain.Store.TryGetJustification(hash, out justification)) return true;
        }

        if (chain.Store.TryGetSetChange(number, out justified, out justification)) return true;
        justified = finalized;
        return chain.Store.TryGetHash(finalized, out Hash256 head) && chain.Store.TryGetJustification(head, out justification);
    }

    private static RpcError Failed(string why) => new(ProveFinalityFailed, $"Prove finality RPC failed: {why}");
}
