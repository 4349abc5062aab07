using FsCheck;
using FsCheck.Fluent;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Chain.Extrinsics;

public sealed class ExtrinsicTests
{
    private static readonly AccountId Alice = new(Convert.FromHexString("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"));
    private static readonly TestExtensions Extensions = new(Era.Mortal(64, 42), Nonce: 5, Tip: 1_000_000, Mode: 0);
    private static readonly byte[] Call = [5, 3, 0, .. Alice.ToArray(), 4];

    [Fact]
    public void ASignedExtrinsicIsPrefixFormatAddressSignatureExtensionsCall()
    {
        OpaqueExtrinsic opaque = Signed();
        string expected = "3d02" + "84" + "00" + Alice.ToString()[2..] + "01" + new string('7', 128) + "a502" + "14" + "02093d00" + "00" + Convert.ToHexStringLower(Call);
        Assert.Equal(expected, Convert.ToHexStringLower(Scale.Encode(opaque)));
        Assert.Equal(Blake(Scale.Encode(opaque)), opaque.Hash());

        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(Convert.FromHexString(expected), out Extrinsic extrinsic));
        Assert.Equal((true, true, MultiAddress.Id(Alice), SignatureScheme.Sr25519), (extrinsic.IsSigned, extrinsic.HasExtensions, extrinsic.Address, extrinsic.Signature.Scheme));
        Assert.Equal(opaque, extrinsic.Opaque);
        Assert.True(extrinsic.TrySplit(out TestExtensions extensions, out ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> call));
        Assert.Equal(Extensions, extensions);
        Assert.True(encoded.SequenceEqual(Scale.Encode(Extensions)) && call.SequenceEqual(Call));
    }

    [Theory]
    [InlineData("04", ExtrinsicFormat.BareV4)]
    [InlineData("05", ExtrinsicFormat.BareV5)]
    public void BareExtrinsicsOfBothVersionsHaveOnlyACall(string format, ExtrinsicFormat expected)
    {
        byte[] body = [.. Convert.FromHexString(format), 3, 0, 11];
        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(new OpaqueExtrinsic([.. body]), out Extrinsic extrinsic));
        Assert.Equal((expected, false, false), (extrinsic.Format, extrinsic.IsSigned, extrinsic.HasExtensions));
        Assert.True(extrinsic.TrySplit(out TestExtensions extensions, out ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> call));
        Assert.True(encoded.IsEmpty && call.SequenceEqual(body.AsSpan(1)) && extensions == default);
        if (expected == ExtrinsicFormat.BareV4) Assert.Equal(extrinsic.Opaque, Extrinsic.Bare(body.AsSpan(1)));
    }

    [Fact]
    public void AGeneralExtrinsicHasTheVersionOfItsExtensions()
    {
        OpaqueExtrinsic opaque = Extrinsic.General(9, Scale.Encode(Extensions), Call);
        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(opaque, out Extrinsic extrinsic));
        Assert.Equal((ExtrinsicFormat.GeneralV5, (byte)9, false), (extrinsic.Format, extrinsic.ExtensionVersion, extrinsic.IsSigned));
        Assert.True(extrinsic.TrySplit(out TestExtensions extensions, out _, out ReadOnlySpan<byte> call));
        Assert.True(extensions == Extensions && call.SequenceEqual(Call));
        Assert.Equal([0x45, 9], opaque.Body.AsSpan()[..2].ToArray());
    }

    [Fact]
    public void EachDefectHasItsName()
    {
        byte[] good = Scale.Encode(Signed());
        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(good, out _));
        Assert.Equal(ExtrinsicError.WrongLength, Extrinsic.TryDecode([.. good, 0], out _));
        Assert.Equal(ExtrinsicError.WrongLength, Extrinsic.TryDecode(good.AsSpan()[..^1], out _));
        Assert.Equal(ExtrinsicError.WrongLength, Extrinsic.TryDecode([], out _));
        Assert.Equal(ExtrinsicError.Empty, Extrinsic.TryDecode([0], out _));
        Assert.Equal(ExtrinsicError.MalformedAddress, Extrinsic.TryDecode([8, 0x84, 5], out _));
        Assert.Equal(ExtrinsicError.MalformedSignature, Extrinsic.TryDecode([16, 0x84, 1, 0, 3], out _));
        Assert.Equal(ExtrinsicError.MissingExtensionVersion, Extrinsic.TryDecode([4, 0x45], out _));
    }

    [Fact]
    public void FourFirstBytesAreFormatsAndNoOther()
    {
        for (int first = 0; first <= byte.MaxValue; first++)
        {
            ExtrinsicError error = Extrinsic.TryDecode(new OpaqueExtrinsic([(byte)first, 0, 0]), out _);
            Assert.Equal(first is 0x04 or 0x05 or 0x45 or 0x84, error != ExtrinsicError.UnknownFormat);
        }
    }

    [Fact]
    public void ExtensionsThatTheRuntimeCannotReadAreRefused()
    {
        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(Extrinsic.General(0, [0x10, 0x00], []), out Extrinsic extrinsic));
        Assert.False(extrinsic.TrySplit(out TestExtensions _, out ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> call));
        Assert.True(encoded.IsEmpty && call.IsEmpty);
    }

    [Fact]
    public void DecodingASignedExtrinsicAllocatesNothing()
    {
        OpaqueExtrinsic opaque = Signed();
        Assert.Equal(0, Crypto.Allocation.Of(() =>
        {
            _ = Extrinsic.TryDecode(opaque, out Extrinsic extrinsic);
            _ = extrinsic.TrySplit(out TestExtensions _, out _, out _);
            _ = opaque.Hash();
        }));
    }

    [Fact]
    public void APayloadIsSignedAsItIsUpTo256BytesAndHashedBeyond() => Prop.ForAll(
        Gen.Choose(0, 300).Three().ToArbitrary(), lengths =>
        {
            (byte[] call, byte[] extensions, byte[] implied) = (Filled(lengths.Item1, 1), Filled(lengths.Item2 % 90, 2), Filled(lengths.Item3 % 90, 3));
            byte[] whole = [.. call, .. extensions, .. implied], destination = new byte[SigningPayload.MaxLength];
            byte[] expected = whole.Length > 256 ? Blake(whole).ToArray() : whole;
            Assert.Equal(expected, destination[..SigningPayload.Write(call, extensions, implied, destination)]);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(256, 256)]
    [InlineData(257, 32)]
    public void TheLimitIsExact(int length, int signed)
    {
        Assert.Equal(signed, SigningPayload.Write(new byte[length - 2], new byte[1], new byte[1], new byte[SigningPayload.MaxLength]));
        Assert.Throws<ArgumentException>(() => SigningPayload.Write([], [], [], new byte[SigningPayload.MaxLength - 1]));
    }

    [Fact]
    public void AnExtrinsicsSignatureIsVerifiedOverItsPayload()
    {
        using Sr25519KeyPair keys = Sr25519KeyPair.FromSeed(Filled(32, 8));
        byte[] implied = Filled(72, 4), payload = new byte[SigningPayload.MaxLength], signature = new byte[64];
        int length = SigningPayload.Write(Call, Scale.Encode(Extensions), implied, payload);
        keys.Sign(payload.AsSpan(0, length), new byte[Sr25519.EntropyLength], signature);
        AccountId signer = new(keys.PublicKey);
        OpaqueExtrinsic opaque = Extrinsic.Signed(MultiAddress.Id(signer), new MultiSignature(SignatureScheme.Sr25519, signature), Scale.Encode(Extensions), Call);

        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(Scale.Encode(opaque), out Extrinsic extrinsic));
        Assert.True(extrinsic.TrySplit(out TestExtensions _, out ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> call));
        length = SigningPayload.Write(call, encoded, implied, payload);
        Assert.Equal(MultiSignatureError.None, extrinsic.Signature.Verify(payload.AsSpan(0, length), signer));
    }

    private static OpaqueExtrinsic Signed() =>
        Extrinsic.Signed(MultiAddress.Id(Alice), new MultiSignature(SignatureScheme.Sr25519, Filled(64, 0x77)), Scale.Encode(Extensions), Call);

    private static Hash256 Blake(byte[] bytes)
    {
        byte[] hash = new byte[32];
        Blake2b.Hash256(bytes, hash);
        return new Hash256(hash);
    }

    private static byte[] Filled(int length, byte value) => [.. Enumerable.Repeat(value, length)];
}
