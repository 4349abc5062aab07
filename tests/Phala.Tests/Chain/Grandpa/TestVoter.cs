using System.Collections.Concurrent;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Crypto.Signatures;

namespace Phala.Tests.Chain.Grandpa;

/// <summary>A voter known by a letter, with a key that follows from it.</summary>
internal sealed class TestVoter
{
    private static readonly ConcurrentDictionary<int, TestVoter> Known = new();

    private readonly Ed25519KeyPair _keys;

    private TestVoter(int letter)
    {
        byte[] seed = new byte[Ed25519.SeedLength];
        (seed[0], seed[1]) = ((byte)letter, (byte)(letter >> 8));
        _keys = Ed25519KeyPair.FromSeed(seed);
        Id = new GrandpaAuthorityId(_keys.PublicKey);
    }

    public GrandpaAuthorityId Id { get; }

    public static TestVoter Named(int letter) => Known.GetOrAdd(letter, static name => new TestVoter(name));

    public static GrandpaAuthority Authority(int letter, ulong weight = 1) => new(Named(letter).Id, weight);

    /// <summary>A signed vote; a false one has a bit of the signature's scalar flipped.</summary>
    public SignedPrecommit Vote(BlockId target, ulong round, ulong setId, bool isFalse = false)
    {
        Precommit precommit = new(target.Hash, target.Number);
        byte[] payload = new byte[VotePayload.Length], signature = new byte[Ed25519.SignatureLength];
        VotePayload.WritePrecommit(precommit, round, setId, payload);
        _keys.Sign(payload, signature);
        if (isFalse) signature[40] ^= 1;
        return new SignedPrecommit(precommit, new GrandpaSignature(signature), Id);
    }
}
