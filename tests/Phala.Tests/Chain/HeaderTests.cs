using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Chain;

public sealed class HeaderTests
{
    private static readonly Header Sealed = new(
        new Hash256(Filled(32, 1)), 0x01020304, new Hash256(Filled(32, 2)), new Hash256(Filled(32, 3)),
        new Digest([
            new DigestItem.PreRuntime(EngineId.Aura, [.. Filled(8, 4)]),
            new DigestItem.Consensus(EngineId.Grandpa, [1]),
            new DigestItem.RuntimeEnvironmentUpdated(),
            new DigestItem.Other([9]),
            new DigestItem.Seal(EngineId.Aura, [.. Filled(64, 5)]),
        ]));

    [Fact]
    public void TheLayoutIsSubstrates()
    {
        string expected = Hex(1, 32) + "120c0804" + Hex(2, 32) + Hex(3, 32) + "14"
            + "06" + "61757261" + "20" + Hex(4, 8)
            + "04" + "46524e4b" + "04" + "01"
            + "08"
            + "00" + "04" + "09"
            + "05" + "61757261" + "0101" + Hex(5, 64);
        Assert.Equal(expected, Convert.ToHexStringLower(Scale.Encode(Sealed)));
        Assert.Equal(Sealed, Scale.Decode<Header>(Convert.FromHexString(expected)).Value);
    }

    [Fact]
    public void TheHashIsOfTheEncodingAndTheSealsIsOfTheHeaderWithoutIt()
    {
        Assert.Equal(Blake(Scale.Encode(Sealed)), Sealed.Hash());
        Header unsealed = Sealed with { Digest = Sealed.Digest.WithoutLast() };
        Assert.Equal(unsealed.Hash(), Sealed.PreSealHash());
        Assert.NotEqual(Sealed.Hash(), Sealed.PreSealHash());
        Assert.Equal(Sealed, unsealed with { Digest = unsealed.Digest.With(Sealed.Digest.Logs[4]) });
    }

    [Fact]
    public void HashingAllocatesNothing()
    {
        Header header = Sealed;
        Assert.Equal(0, Crypto.Allocation.Of(() => _ = header.Hash() == header.PreSealHash()));
    }

    [Theory]
    [InlineData("01")]
    [InlineData("02")]
    [InlineData("03")]
    [InlineData("07")]
    [InlineData("09")]
    public void OtherIndicesAreNoDigestItems(string index) =>
        Assert.Equal(ScaleError.UnknownVariant, Scale.Decode<DigestItem>(Convert.FromHexString(index + "6175726100")).Error);

    [Fact]
    public void AGenesisHasNoParentExtrinsicsOrDigest()
    {
        Header genesis = Header.Genesis(new Hash256(Filled(32, 7)));
        Assert.Equal(new string('0', 64) + "00" + Hex(7, 32) + "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314" + "00", Convert.ToHexStringLower(Scale.Encode(genesis)));
        Assert.Throws<InvalidOperationException>(() => genesis.PreSealHash());
        Assert.Throws<InvalidOperationException>(() => genesis.Digest.WithoutLast());
    }

    [Fact]
    public void AnEngineIsShownByItsLettersAndKeepsTheirOrder()
    {
        Assert.Equal("FRNK", EngineId.Grandpa.ToString());
        Assert.Equal("0x00ff0000", new EngineId([0, 0xff, 0, 0]).ToString());
        Assert.True(EngineId.Compare(new EngineId("azzz"u8), new EngineId("baaa"u8)) < 0);
        Assert.Throws<ArgumentException>(() => new EngineId("aur"u8));
    }

    private static Hash256 Blake(byte[] bytes)
    {
        byte[] hash = new byte[32];
        Blake2b.Hash256(bytes, hash);
        return new Hash256(hash);
    }

    private static string Hex(byte value, int length) => Convert.ToHexStringLower(Filled(length, value));

    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];
}
