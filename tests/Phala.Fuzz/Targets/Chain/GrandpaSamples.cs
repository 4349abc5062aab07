using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Voters, a small tree of blocks, and every vote of the ones for the others, signed beforehand.</summary>
internal static class GrandpaSamples
{
    public const ulong Round = 5, SetId = 2;

    /// <summary>How many may vote; the one after them may not.</summary>
    public const int Voters = 4;

    private static readonly Ed25519KeyPair[] Keys = [.. Enumerable.Range(1, Voters + 1).Select(seed => Ed25519KeyPair.FromSeed([.. Enumerable.Repeat((byte)seed, 32)]))];

    /// <summary>0 ← 1 ← 2 ← 3, 1 ← 4 ← 5, and 6, which nothing connects to them.</summary>
    public static IReadOnlyList<Header> Blocks { get; } = MakeBlocks();

    public static IReadOnlyList<BlockId> Ids { get; } = [.. Blocks.Select(block => BlockId.Of(block))];

    public static Vec<GrandpaAuthority> Authorities { get; } = [.. Keys[..Voters].Select(keys => new GrandpaAuthority(new GrandpaAuthorityId(keys.PublicKey), 1))];

    public static AuthoritySet Set { get; } = AuthoritySet.Create(SetId, Authorities);

    private static readonly SignedPrecommit[] Votes = [.. Enumerable.Range(0, Keys.Length).SelectMany(voter => Ids.Select(target => Sign(voter, target, Round, SetId)))];

    /// <summary>A voter's vote for a block of the tree.</summary>
    public static SignedPrecommit Vote(int voter, int block) => Votes[(voter % Keys.Length * Ids.Count) + (block % Ids.Count)];

    /// <summary>A justification of a header by three voters of a set of this list.</summary>
    public static Justification Justify(in Header header, ulong setId)
    {
        BlockId block = BlockId.Of(header);
        return new Justification(Round, new Commit(block.Hash, block.Number, [.. Enumerable.Range(0, 3).Select(voter => Sign(voter, block, Round, setId))]), []);
    }

    public static Header Child(in Hash256 parent, uint number, byte mark, Digest digest = default)
    {
        Span<byte> root = stackalloc byte[Hash256.Size];
        root.Clear();
        root[0] = mark;
        return new Header(parent, number, new Hash256(root), TrieRoot.Empty, digest);
    }

    public static DigestItem Log(GrandpaLog log) => new DigestItem.Consensus(EngineId.Grandpa, Vec.Create<byte>(Scale.Encode(log)));

    private static SignedPrecommit Sign(int voter, BlockId target, ulong round, ulong setId)
    {
        Precommit precommit = new(target.Hash, target.Number);
        Span<byte> payload = stackalloc byte[VotePayload.Length], signature = stackalloc byte[Ed25519.SignatureLength];
        VotePayload.WritePrecommit(precommit, round, setId, payload);
        Keys[voter].Sign(payload, signature);
        return new SignedPrecommit(precommit, new GrandpaSignature(signature), new GrandpaAuthorityId(Keys[voter].PublicKey));
    }

    private static List<Header> MakeBlocks()
    {
        List<Header> blocks = [Child(default, 10, 0)];
        foreach ((int parent, int mark) in ((int, int)[])[(0, 1), (1, 2), (2, 3), (1, 4), (4, 5)])
        {
            blocks.Add(Child(blocks[parent].Hash(), blocks[parent].Number + 1, (byte)mark));
        }

        return [.. blocks, Child(default, 12, 66)];
    }
}
