using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Crypto.Signatures;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Chain.Aura;

public sealed class AuraSealTests
{
    private const ulong Slot = 1_000_003, Latest = Slot + 5;

    private static readonly Sr25519KeyPair[] Keys = [.. Enumerable.Range(1, 4).Select(seed => Sr25519KeyPair.FromSeed([.. Enumerable.Repeat((byte)seed, 32)]))];
    private static readonly AuraAuthorityId[] Authorities = [.. Keys.Select(keys => new AuraAuthorityId(keys.PublicKey))];

    [Fact]
    public void TheAuthorityWhoseSlotItIsMaySeal()
    {
        for (ulong slot = Slot; slot < Slot + 4; slot++)
        {
            Header header = Sealed(slot, Keys[slot % 4]);
            Assert.Equal(AuraError.None, Verify(header, out AuraClaim claim));
            Assert.Equal(new AuraClaim(slot, (int)(slot % 4), (header with { Digest = header.Digest.WithoutLast() }).Hash()), claim);
            Assert.Equal(AuraError.BadSignature, Verify(Sealed(slot, Keys[(slot + 1) % 4]), out claim));
            Assert.Equal(default, claim);
        }
    }

    [Fact]
    public void AnyOtherHeaderIsNotTheSealedOne()
    {
        Header good = Sealed(Slot, Keys[Slot % 4]);
        Header[] tampered =
        [
            good with { Number = 8 }, good with { ParentHash = new Hash256([.. Enumerable.Repeat((byte)1, 32)]) },
            good with { StateRoot = new Hash256([.. Enumerable.Repeat((byte)1, 32)]) }, good with { ExtrinsicsRoot = default },
            good with { Digest = new Digest([good.Digest.Logs[0], new DigestItem.Other([1]), good.Digest.Logs[1]]) },
        ];
        Assert.All(tampered, header => Assert.Equal(AuraError.BadSignature, Verify(header, out _)));
    }

    [Fact]
    public void EachDefectHasItsName()
    {
        Header good = Sealed(Slot, Keys[Slot % 4]);
        (DigestItem slot, DigestItem seal) = (good.Digest.Logs[0], good.Digest.Logs[1]);
        Assert.Equal(AuraError.MissingSeal, VerifyDigest(good, slot));
        Assert.Equal(AuraError.MissingSeal, VerifyDigest(good));
        Assert.Equal(AuraError.MissingSeal, VerifyDigest(good, seal, slot));
        Assert.Equal(AuraError.MissingSeal, VerifyDigest(good, slot, new DigestItem.Seal(new EngineId("BABE"u8), ((DigestItem.Seal)seal).Data)));
        Assert.Equal(AuraError.MalformedSeal, VerifyDigest(good, slot, new DigestItem.Seal(EngineId.Aura, [.. new byte[63]])));
        Assert.Equal(AuraError.SecondSeal, VerifyDigest(good, slot, seal, seal));
        Assert.Equal(AuraError.SecondSeal, VerifyDigest(good, new DigestItem.Seal(new EngineId("BABE"u8), []), slot, seal));
        Assert.Equal(AuraError.MissingSlot, VerifyDigest(good, seal));
        Assert.Equal(AuraError.MissingSlot, VerifyDigest(good, new DigestItem.PreRuntime(new EngineId("BABE"u8), ((DigestItem.PreRuntime)slot).Data), seal));
        Assert.Equal(AuraError.SecondSlot, VerifyDigest(good, slot, slot, seal));
        Assert.Equal(AuraError.MalformedSlot, VerifyDigest(good, new DigestItem.PreRuntime(EngineId.Aura, [.. new byte[9]]), seal));
    }

    [Fact]
    public void SlotsAscendAndDoNotRunAhead()
    {
        Header good = Sealed(Slot, Keys[Slot % 4]);
        Assert.Equal(AuraError.None, AuraSeal.Verify(good, new AuraContext(Authorities, Slot - 1, Slot), out _));
        Assert.Equal(AuraError.SlotNotAfterParent, AuraSeal.Verify(good, new AuraContext(Authorities, Slot, Slot), out _));
        Assert.Equal(AuraError.SlotInFuture, AuraSeal.Verify(good, new AuraContext(Authorities, Slot - 1, Slot - 1), out _));
        Assert.Equal(AuraError.None, AuraSeal.Verify(Sealed(0, Keys[0]), new AuraContext(Authorities, null, Slot), out _));
        Assert.Equal(AuraError.NoAuthorities, AuraSeal.Verify(good, new AuraContext([], null, Slot), out _));
    }

    [Fact]
    public void TheLargestSlotBelongsToSomebody()
    {
        Assert.Equal(0, AuraSeal.AuthorOf(ulong.MaxValue, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => AuraSeal.AuthorOf(1, 0));
    }

    [Fact]
    public void VerifyingAllocatesNothing()
    {
        Header good = Sealed(Slot, Keys[Slot % 4]);
        Assert.Equal(0, Crypto.Allocation.Of(() => Verify(good, out _)));
    }

    private static AuraError Verify(Header header, out AuraClaim claim) => AuraSeal.Verify(header, new AuraContext(Authorities, Slot - 1, Latest), out claim);

    private static AuraError VerifyDigest(Header header, params DigestItem[] items) => Verify(header with { Digest = new Digest([.. items]) }, out _);

    private static Header Sealed(ulong slot, Sr25519KeyPair author)
    {
        Header header = new(default, 7, TrieRoot.Empty, TrieRoot.Empty, new Digest([AuraSeal.Claim(slot)]));
        return AuraSeal.Seal(header, author, new byte[Sr25519.EntropyLength]);
    }
}
