using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Extrinsics with their length, mutated. What is accepted is divided into extensions and call without loss. Past the outermost check is what has a good length.</summary>
internal sealed class ExtrinsicTarget : FuzzTarget
{
    private const string BadExtensions = nameof(BadExtensions);

    public override string Name => "extrinsic";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. ((OpaqueExtrinsic[])
        [
            Extrinsic.Bare([1, 2, 3]), new([5, 1, 2, 3]), Extrinsic.General(0, ChainSamples.Extensions, [1, 2, 3]), new([0x45]), new([]), new([7]), new([0x84, 9]), new([0x84, 1, 0, 9]),
            Signed(MultiAddress.Id(new AccountId(ChainSamples.Account)), SignatureScheme.Sr25519), Signed(MultiAddress.Index(70), SignatureScheme.Ed25519),
            Signed(MultiAddress.Raw([1, 2, 3]), SignatureScheme.Ecdsa), Signed(MultiAddress.Address20(ChainSamples.Account.AsSpan(0, 20)), SignatureScheme.Sr25519),
        ]).Select(extrinsic => Scale.Encode(extrinsic)),
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [BadExtensions, .. Enum.GetNames<ExtrinsicError>().Except([nameof(ExtrinsicError.None)])];

    public override long AllocationBound(int inputLength) => 1024 + (8L * inputLength);

    // Random bytes and changed lengths end at the first check, so every input is also tried behind its own length.
    public override FuzzOutcome Run(byte[] input)
    {
        ExtrinsicError asIs = Extrinsic.TryDecode(input, out Extrinsic extrinsic);
        if (asIs == ExtrinsicError.None) return Divide(extrinsic);
        if ((input.Length & 1) == 0) return new FuzzOutcome(asIs != ExtrinsicError.WrongLength, asIs.ToString());
        ReadOnlySpan<byte> body = input.AsSpan(1);
        ExtrinsicError framed = Extrinsic.TryDecode(new OpaqueExtrinsic(Vec.Create(body)), out extrinsic);
        return framed == ExtrinsicError.None ? Divide(extrinsic) : new FuzzOutcome(true, framed.ToString());
    }

    private static FuzzOutcome Divide(in Extrinsic extrinsic)
    {
        ReadOnlySpan<byte> payload = extrinsic.Payload;
        if (!extrinsic.TrySplit(out SampleExtensions _, out ReadOnlySpan<byte> extensions, out ReadOnlySpan<byte> call)) return new FuzzOutcome(true, BadExtensions);
        bool isWhole = extensions.Length + call.Length == payload.Length && payload.StartsWith(extensions) && payload.EndsWith(call);
        if (!isWhole || !extrinsic.Opaque.Body.AsSpan().EndsWith(payload)) throw new InvalidOperationException("The parts are not the whole.");
        if (extrinsic.IsSigned && Extrinsic.Signed(extrinsic.Address, extrinsic.Signature, extensions, call) != extrinsic.Opaque) throw new InvalidOperationException("The extrinsic encodes to other bytes.");
        return new FuzzOutcome(true, null);
    }

    private static OpaqueExtrinsic Signed(MultiAddress address, SignatureScheme scheme) =>
        Extrinsic.Signed(address, new MultiSignature(scheme, new byte[MultiSignature.LengthOf(scheme)]), ChainSamples.Extensions, [1, 2, 3]);
}
