using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Fuzz.Targets.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>The decoders and verifiers of Phala.Chain.</summary>
public static class ChainTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new DecodeTarget<SignedBlock, SignedBlock>("scale-signed-block", Blocks(), outer: 32,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.InvalidOption, ScaleError.UnknownVariant, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new DecodeTarget<WarpSyncProof, WarpSyncProof>("scale-warp-sync", [new([.. ChainSamples.Fragments], true), new([ChainSamples.Fragments[3]], false), new([ChainSamples.Fragments[4]], false)], outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.InvalidBool, ScaleError.UnknownVariant, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new DecodeTarget<MultiAddress, MultiAddress>("scale-multi-address",
            [MultiAddress.Id(new AccountId(ChainSamples.Account)), MultiAddress.Index(1_000_000), MultiAddress.Raw([1, 2, 3]), MultiAddress.Address32(ChainSamples.Account), MultiAddress.Address20(ChainSamples.Account.AsSpan(0, 20))], outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.UnknownVariant, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new DecodeTarget<MultiSignature, MultiSignature>("scale-multi-signature",
            [.. Enum.GetValues<SignatureScheme>().Select(scheme => new MultiSignature(scheme, new byte[MultiSignature.LengthOf(scheme)]))], outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.UnknownVariant, ScaleError.TrailingBytes),
        new DecodeTarget<Era, Era>("scale-era", [Era.Immortal, Era.Mortal(64, 42), Era.Mortal(65536, 70_000)], outer: 0,
            ScaleError.UnexpectedEnd, ScaleError.UnknownVariant, ScaleError.TrailingBytes),
        new ExtrinsicTarget(), new MultiSignatureTarget(), new AuraSealTarget(), new AuthoritySetTarget(), new GrandpaDigestTarget(),
        new JustificationTarget(), new FinalizedHeadTarget(), new WarpSyncTarget(), new FinalityProofTarget(), new ForkTreeTarget(),
    ];

    private static List<SignedBlock> Blocks()
    {
        Vec<OpaqueExtrinsic> body = [Extrinsic.Bare([1, 2, 3]), new([])];
        Vec<EncodedJustification> justifications = [new(EngineId.Grandpa, [1, 2, 3])];
        return [.. ChainSamples.Headers.Select((header, index) => new SignedBlock(new Block(header, body), index % 2 == 0 ? justifications : null))];
    }
}
