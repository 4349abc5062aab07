using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Testing.Chain.Clusters;

/// <summary>A chain of few headers whose states are made up, with voters who sign what they are told.</summary>
public sealed class FinalizedChain
{
    private const ulong Round = 3;
    private const int VotersInSet = 4;

    private readonly Ed25519KeyPair[] _keys = [.. Enumerable.Range(1, 3 * VotersInSet).Select(seed => Ed25519KeyPair.FromSeed(ClusterWorld.Bytes($"voter {seed}")))];

    public FinalizedChain()
    {
        MerkleTrie state = MerkleTrie.Create([new TrieEntry(Grandpa.Authorities.Prefix.ToArray(), Scale.Encode<VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>>(Voters(0)))], StateVersion.V1);
        Genesis = new Header(default, 0, state.Root, TrieRoot.Empty, default);
        GenesisProof = Prove(state, Grandpa.Authorities.Prefix.ToArray());
    }

    public Header Genesis { get; }

    public Vec<byte> GenesisProof { get; }

    /// <summary>A header with a state.</summary>
    public Header Block(uint number, MerkleTrie state, params DigestItem[] digest) => new(Genesis.Hash(), number, state.Root, TrieRoot.Empty, new Digest([.. digest]));

    /// <summary>A header, justified by so many voters of a set.</summary>
    public WarpSyncFragment Justify(in Header header, ulong set, int votes = VotersInSet)
    {
        BlockId block = BlockId.Of(header);
        return new WarpSyncFragment(header, new Justification(Round, new Commit(block.Hash, block.Number, [.. Enumerable.Range(0, votes).Select(voter => Sign(Key(set, voter), block, set))]), []));
    }

    /// <summary>The last header of a set: it hands over to the next.</summary>
    public WarpSyncFragment HandOver(uint number, ulong set)
    {
        GrandpaLog change = new GrandpaLog.Scheduled(new ScheduledChange(Voters(set + 1), 0));
        return Justify(Block(number, MerkleTrie.Empty(StateVersion.V1), new DigestItem.Consensus(EngineId.Grandpa, Vec.Create<byte>(Scale.Encode(change)))), set);
    }

    /// <summary>A read proof of keys.</summary>
    public static Vec<byte> Prove(MerkleTrie state, params byte[][] keys)
    {
        ReadProofBuilder builder = new();
        foreach (byte[] key in keys) builder.Add(state, key);
        return Vec.Create<byte>(builder.Encode());
    }

    private Vec<GrandpaAuthority> Voters(ulong set) => [.. Enumerable.Range(0, VotersInSet).Select(voter => new GrandpaAuthority(new GrandpaAuthorityId(Key(set, voter).PublicKey), 1))];

    private Ed25519KeyPair Key(ulong set, int voter) => _keys[((int)set * VotersInSet) + voter];

    private static SignedPrecommit Sign(Ed25519KeyPair key, BlockId target, ulong set)
    {
        Precommit precommit = new(target.Hash, target.Number);
        Span<byte> payload = stackalloc byte[VotePayload.Length], signature = stackalloc byte[Ed25519.SignatureLength];
        VotePayload.WritePrecommit(precommit, Round, set, payload);
        key.Sign(payload, signature);
        return new SignedPrecommit(precommit, new GrandpaSignature(signature), new GrandpaAuthorityId(key.PublicKey));
    }
}
