using Phala.Chain;
using Phala.Node.Network.Messages;
using Phala.Node.Storage;
using Phala.Runtime.Light;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;

namespace Phala.Node.Network.Requests;

/// <summary>Gives proofs of what states hold: of entries, and of all that a runtime call reads, so that the light client can do the call itself.</summary>
/// <param name="store">The chain.</param>
internal sealed class LightRequests(ChainStore store) : IRequestHandler
{
    /// <summary>The longest proof.</summary>
    public const int MaxReply = 12 << 20;

    /// <inheritdoc/>
    public int MaxRequest => 1 << 20;

    /// <inheritdoc/>
    public RequestRefusal Answer(ReadOnlySpan<byte> request, out byte[] reply)
    {
        reply = [];
        if (LightRequest.TryDecode(request, out LightRequest? asked) != ProtobufError.None) return RequestRefusal.Malformed;
        StateLookup lookup = store.StateAt(asked!.Block, out StateSnapshot? state);
        if (lookup == StateLookup.UnknownBlock) return RequestRefusal.UnknownBlock;
        if (lookup == StateLookup.Pruned)
        {
            reply = LightReply.Encode(asked.Kind, proof: null);
            return RequestRefusal.None;
        }

        ReadProofBuilder proof = new();
        RequestRefusal refusal = Prove(asked, state!, proof);
        if (refusal == RequestRefusal.None) reply = LightReply.Encode(asked.Kind, proof.Encode());
        return refusal;
    }

    private static RequestRefusal Prove(LightRequest asked, StateSnapshot state, ReadProofBuilder proof)
    {
        if (asked.Kind == LightRequestKind.ReadChild) return ProveChild(asked, state, proof);
        IReadOnlyList<byte[]> keys = asked.Keys;
        if (asked.Kind == LightRequestKind.Call && !LightCalls.TryFindKeys(asked.Method, asked.Arguments, state.Main, out keys)) return RequestRefusal.UnknownMethod;
        return Add(proof, state.Main, keys);
    }

    private static RequestRefusal ProveChild(LightRequest asked, StateSnapshot state, ReadProofBuilder proof)
    {
        if (!ChildTries.IsRootKey(asked.ChildKey)) return RequestRefusal.Malformed;
        proof.Add(state.Main, asked.ChildKey);
        MerkleTrie child = state.Child(asked.ChildKey[ChildTries.Prefix.Length..]);
        return child.Count == 0 ? RequestRefusal.None : Add(proof, child, asked.Keys);
    }

    private static RequestRefusal Add(ReadProofBuilder proof, MerkleTrie trie, IReadOnlyList<byte[]> keys)
    {
        (int counted, long length) = (0, 0);
        foreach (byte[] key in keys)
        {
            proof.Add(trie, key);
            for (; counted < proof.Nodes.Count; counted++) length += proof.Nodes[counted].Length;
            if (length > MaxReply) return RequestRefusal.TooLong;
        }

        return RequestRefusal.None;
    }
}
