using System.Collections.Concurrent;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;

namespace Phala.Testing.Chain;

/// <summary>A GRANDPA voter known by a number, with a key that follows from it. Set i has the voters i to i + 3.</summary>
public sealed class QueueVoter
{
    /// <summary>How many voters a set has.</summary>
    public const int PerSet = 4;

    private static readonly ConcurrentDictionary<int, QueueVoter> Known = new();

    private readonly Ed25519KeyPair _keys;

    private QueueVoter(int number)
    {
        byte[] seed = new byte[Ed25519.SeedLength];
        (seed[0], seed[1], seed[31]) = ((byte)number, (byte)(number >> 8), 0x51);
        _keys = Ed25519KeyPair.FromSeed(seed);
        Id = new GrandpaAuthorityId(_keys.PublicKey);
    }

    /// <summary>The key.</summary>
    public GrandpaAuthorityId Id { get; }

    /// <summary>The voter of a number.</summary>
    public static QueueVoter Of(int number) => Known.GetOrAdd(number, static each => new QueueVoter(each));

    /// <summary>The voters of a set.</summary>
    public static Vec<GrandpaAuthority> ListOf(int set) => [.. Enumerable.Range(set, PerSet).Select(number => new GrandpaAuthority(Of(number).Id, 1))];

    /// <summary>A justification of a block by all but one voter of a set.</summary>
    /// <param name="block">The block.</param>
    /// <param name="set">The set.</param>
    /// <param name="round">The round.</param>
    /// <param name="setId">The number that is signed, where it is another than the set's.</param>
    public static Justification Justify(BlockId block, int set, ulong round = 1, ulong? setId = null) => new(
        round, new Commit(block.Hash, block.Number, [.. Enumerable.Range(set, PerSet - 1).Select(number => Of(number).Vote(block, round, setId ?? (ulong)set))]), []);

    private SignedPrecommit Vote(BlockId target, ulong round, ulong setId)
    {
        Precommit precommit = new(target.Hash, target.Number);
        Span<byte> payload = stackalloc byte[VotePayload.Length], signature = stackalloc byte[Ed25519.SignatureLength];
        VotePayload.WritePrecommit(precommit, round, setId, payload);
        _keys.Sign(payload, signature);
        return new SignedPrecommit(precommit, new GrandpaSignature(signature), Id);
    }
}
