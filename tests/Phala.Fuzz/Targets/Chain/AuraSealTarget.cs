using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Sealed headers behind a byte that chooses authorities and clock, mutated in their encoding. Past the outermost check is what decodes as far as the digest.</summary>
internal sealed class AuraSealTarget : FuzzTarget
{
    private const string BadEncoding = nameof(BadEncoding);
    private const ulong ParentSlot = 3, LatestSlot = 10;
    private const int NobodyChoice = 200;

    public override string Name => "aura-seal";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Make(ChainSamples.MakeSealed(4, 4)), Make(ChainSamples.MakeSealed(4, 4)), Make(ChainSamples.MakeSealed(5, 4)), Make(ChainSamples.MakeSealed(3, 3)), Make(ChainSamples.MakeSealed(11, 11)),
        Make(Items(1, 1, 2)), Make(Items(2, 2)), Make(Items(0, 1)), Make(Items(1, 2, 2)), Make(Items(3, 2)), Make(Items(1, 4)), Make(Items()),
        [NobodyChoice, .. Make(ChainSamples.MakeSealed(4, 4)).AsSpan(1)],
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [BadEncoding, .. Enum.GetNames<AuraError>().Except([nameof(AuraError.None)])];

    public override long AllocationBound(int inputLength) => 4096 + (64L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length == 0) return new FuzzOutcome(false, BadEncoding);
        DecodeResult<Header> header = Scale.Decode<Header>(input.AsSpan(1));
        if (!header.IsOk) return new FuzzOutcome(header.Position >= 32, BadEncoding);
        AuraContext context = new(input[0] == NobodyChoice ? [] : ChainSamples.Authors, ParentSlot, LatestSlot);
        AuraError error = AuraSeal.Verify(header.Value, context, out AuraClaim claim);
        if (error != AuraError.None) return new FuzzOutcome(true, error.ToString());
        bool isSound = claim.Slot is > ParentSlot and <= LatestSlot && (ulong)claim.AuthorIndex == claim.Slot % 3;
        if (!isSound || Scale.Encode(header.Value).Length != input.Length - 1) throw new InvalidOperationException("A false seal was accepted.");
        return new FuzzOutcome(true, null);
    }

    private static byte[] Make(Header header) => [0, .. Scale.Encode(header)];

    /// <summary>A header with digest items: 1 the slot, 2 the seal, 3 a slot that is too long, 4 a seal that is too short, 0 anything.</summary>
    private static Header Items(params int[] kinds)
    {
        Header good = ChainSamples.MakeSealed(4, 4);
        return good with
        {
            Digest = new Digest([.. kinds.Select(kind => kind switch
            {
                1 => good.Digest.Logs[0],
                2 => good.Digest.Logs[2],
                3 => new DigestItem.PreRuntime(EngineId.Aura, [.. new byte[9]]),
                4 => new DigestItem.Seal(EngineId.Aura, [.. new byte[10]]),
                _ => good.Digest.Logs[1],
            })]),
        };
    }
}
