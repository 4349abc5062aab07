using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Trie;

namespace Phala.Benchmarks.Chain;

/// <summary>Decoding and verifying a justification that just enough authorities have signed: one more than two thirds.</summary>
[MemoryDiagnoser]
public class JustificationBenchmarks
{
    private AuthoritySet? _set;
    private byte[] _encoded = [];

    [Params(4, 100, 1000)]
    public int Authorities { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        BlockId target = BlockId.Of(Header.Genesis(TrieRoot.Empty));
        Precommit precommit = new(target.Hash, target.Number);
        byte[] payload = new byte[VotePayload.Length], signature = new byte[Ed25519.SignatureLength];
        VotePayload.WritePrecommit(precommit, 1, 0, payload);
        List<GrandpaAuthority> authorities = [];
        List<SignedPrecommit> votes = [];
        for (int seed = 1; seed <= Authorities; seed++)
        {
            byte[] entropy = new byte[Ed25519.SeedLength];
            BinaryPrimitives.WriteInt32LittleEndian(entropy, seed);
            using Ed25519KeyPair keys = Ed25519KeyPair.FromSeed(entropy);
            keys.Sign(payload, signature);
            authorities.Add(new GrandpaAuthority(new GrandpaAuthorityId(keys.PublicKey), 1));
            if (seed <= (2 * Authorities / 3) + 1) votes.Add(new SignedPrecommit(precommit, new GrandpaSignature(signature), authorities[^1].Id));
        }

        _set = AuthoritySet.Create(0, [.. authorities]);
        _encoded = Scale.Encode(new Justification(1, new Commit(target.Hash, target.Number, [.. votes]), []));
    }

    [Benchmark]
    public JustificationError DecodeAndVerify() => Justification.Verify(_encoded, _set!, null, out _);
}
