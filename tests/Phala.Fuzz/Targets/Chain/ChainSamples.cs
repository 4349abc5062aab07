using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Valid values of the chain's types.</summary>
internal static class ChainSamples
{
    private static readonly ScheduledChange Change = new(GrandpaSamples.Authorities, 0);

    /// <summary>
    /// Headers with justifications: 0 to 2 hand over from set 2 to 5 (the voters stay the same), 3 announces what cannot be followed, 4 announces nothing, 5 announces nobody, 6 has
    /// the justification of another, 7 and 8 are for the last set, of which 8 announces another.
    /// </summary>
    public static IReadOnlyList<WarpSyncFragment> Fragments { get; } =
    [
        Fragment(10, 2, GrandpaSamples.Log(new GrandpaLog.Scheduled(Change))),
        Fragment(20, 3, GrandpaSamples.Log(new GrandpaLog.Scheduled(Change))),
        Fragment(30, 4, GrandpaSamples.Log(new GrandpaLog.Scheduled(Change))),
        Fragment(12, 2, GrandpaSamples.Log(new GrandpaLog.Pause(1))),
        Fragment(13, 2),
        Fragment(14, 2, GrandpaSamples.Log(new GrandpaLog.Scheduled(new ScheduledChange([], 0)))),
        Fragment(15, 2) with { Justification = Fragment(16, 2).Justification },
        Fragment(17, ulong.MaxValue),
        Fragment(18, ulong.MaxValue, GrandpaSamples.Log(new GrandpaLog.Scheduled(Change))),
    ];

    public static IReadOnlyList<Header> Headers { get; } = [.. GrandpaSamples.Blocks, .. Fragments.Select(fragment => fragment.Header), MakeSealed(4, 4)];

    public static AuraAuthorityId[] Authors { get; } = [.. Enumerable.Range(1, 3).Select(seed => new AuraAuthorityId(Author(seed).PublicKey))];

    public static byte[] Account { get; } = Author(1).PublicKey.ToArray();

    public static byte[] Extensions { get; } = [.. Scale.Encode(Era.Mortal(64, 42)), 20, 0];

    /// <summary>A header of a slot, sealed by the author of another (or the same).</summary>
    public static Header MakeSealed(ulong slot, ulong sealer)
    {
        Header header = GrandpaSamples.Child(default, 9, 7, new Digest([AuraSeal.Claim(slot), new DigestItem.Other([1, 2])]));
        return AuraSeal.Seal(header, Author((int)(sealer % 3) + 1), new byte[Sr25519.EntropyLength]);
    }

    public static Sr25519KeyPair Author(int seed) => Sr25519KeyPair.FromSeed([.. Enumerable.Repeat((byte)seed, 32)]);

    private static WarpSyncFragment Fragment(uint number, ulong setId, params DigestItem[] items)
    {
        Header header = GrandpaSamples.Child(default(Hash256), number, (byte)number, new Digest([.. items]));
        return new WarpSyncFragment(header, GrandpaSamples.Justify(header, setId));
    }
}
