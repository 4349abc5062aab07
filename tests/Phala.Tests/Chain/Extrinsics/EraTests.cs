using FsCheck;
using FsCheck.Fluent;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Codec.TypeInfo;
using Xunit;

namespace Phala.Tests.Chain.Extrinsics;

public sealed class EraTests
{
    /// <summary>The samples of the compatibility notes and of polkadot-sdk's own tests: period, current block, encoding, birth, death.</summary>
    [Theory]
    [InlineData(64u, 42u, "a502", 42u, 106ul)]
    [InlineData(32768u, 20000u, "4e9c", 20000u, 52768ul)]
    [InlineData(200u, 513u, "1700", 513u, 769ul)]
    [InlineData(2u, 1u, "1100", 1u, 5ul)]
    [InlineData(4u, 5u, "1100", 5u, 9ul)]
    [InlineData(1000000u, 0u, "0f00", 0u, 65536ul)]
    [InlineData(65536u, 4097u, "0f10", 4096u, 69632ul)]
    public void TheWindowBeginsAtTheBlock(uint period, uint current, string encoding, uint birth, ulong death)
    {
        Era era = Era.Mortal(period, current);
        Assert.Equal((encoding, birth, death), (Convert.ToHexStringLower(Scale.Encode(era)), era.Birth(current), era.Death(current)));
    }

    [Fact]
    public void ForEverIsOneZeroByte()
    {
        Assert.Equal([0], Scale.Encode(Era.Immortal));
        Assert.Equal((0u, ulong.MaxValue, true), (Era.Immortal.Birth(77), Era.Immortal.Death(77), Era.Immortal.IsImmortal));
    }

    /// <summary>All 65536 pairs of bytes: those with a first byte of 0 are one byte and a rest, the others are refused where the phase does not lie in the window.</summary>
    [Fact]
    public void EveryPairOfBytesIsAnEraOrRefused()
    {
        int accepted = 0, refused = 0;
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            byte[] bytes = [(byte)bits, (byte)(bits >> 8)];
            DecodeResult<Era> result = Scale.Decode<Era>(bytes);
            long period = 2L << (bits % 16), phase = (bits / 16) * Math.Max(period / 4096, 1);
            bool isFine = bytes[0] != 0 && period >= 4 && phase < period;
            Assert.Equal(isFine, result.IsOk);
            Assert.Equal(isFine ? ScaleError.None : bytes[0] == 0 ? ScaleError.TrailingBytes : ScaleError.UnknownVariant, result.Error);
            if (isFine) Assert.Equal((bytes, (uint)period, (uint)phase), (Scale.Encode(result.Value), result.Value.Period, result.Value.Phase), new PartsComparer());
            if (isFine) accepted++;
            else refused++;
        }

        Assert.True(accepted > 10_000 && refused > 10_000);
    }

    [Fact]
    public void TheBlockLiesInItsOwnWindow() => Prop.ForAll<uint, uint, ushort>((period, current, later) =>
    {
        Era era = Era.Mortal(period, current);
        uint quantum = Math.Max(era.Period / 4096, 1), birth = era.Birth(current);
        Assert.True(birth <= current && current - birth < quantum && current < era.Death(current));
        Assert.Equal(era.Phase, birth % era.Period);
        ulong inside = birth + (later % era.Period);
        if (inside <= uint.MaxValue) Assert.Equal(birth, era.Birth((uint)inside));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BeforeTheFirstWindowTheFirstIsMeant()
    {
        Era era = Era.Mortal(64, 42);
        Assert.Equal((42u, 106ul), (era.Birth(7), era.Death(7)));
        Assert.Equal((106u, 170ul), (era.Birth(106), era.Death(106)));
    }

    [Fact]
    public void MetadataHasAVariantForEachFirstByte()
    {
        TypeRegistryBuilder builder = new();
        int id = builder.Add<Era>();
        TypeDescription type = builder.Build().Types[id];
        IReadOnlyList<TypeVariant> variants = ((TypeDefinition.Variant)type.Definition).Variants;
        Assert.Equal("sp_runtime::generic::era::Era", string.Join("::", type.Path));
        Assert.Equal((256, "Immortal", "Mortal255", 255), (variants.Count, variants[0].Name, variants[255].Name, (int)variants[255].Index));
    }

    private sealed class PartsComparer : IEqualityComparer<(byte[] Bytes, uint Period, uint Phase)>
    {
        public bool Equals((byte[] Bytes, uint Period, uint Phase) x, (byte[] Bytes, uint Period, uint Phase) y) =>
            x.Bytes.SequenceEqual(y.Bytes) && (x.Period, x.Phase) == (y.Period, y.Phase);

        public int GetHashCode((byte[] Bytes, uint Period, uint Phase) obj) => 0;
    }
}
