using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Digests with messages to GRANDPA, mutated in their encoding. Past the outermost check is what decodes, or at least begins with a number of items.</summary>
internal sealed class GrandpaDigestTarget : FuzzTarget
{
    private const string BadEncoding = nameof(BadEncoding);

    private static readonly ScheduledChange Change = new(GrandpaSamples.Authorities, 0);

    public override string Name => "grandpa-digest";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Make(new GrandpaLog.Scheduled(Change)), Make(new GrandpaLog.OnDisabled(1), new GrandpaLog.Scheduled(Change)), Make(new GrandpaLog.Scheduled(Change), new GrandpaLog.Scheduled(Change)),
        Make(new GrandpaLog.Scheduled(Change with { Delay = 2 })), Make(new GrandpaLog.Forced(1, Change)), Make(new GrandpaLog.Pause(1)), Make(new GrandpaLog.Resume(1)), Make(),
        Scale.Encode(new Digest([new DigestItem.Consensus(EngineId.Grandpa, [7])])),
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [BadEncoding, .. Enum.GetNames<GrandpaDigestError>().Except([nameof(GrandpaDigestError.None)])];

    public override long AllocationBound(int inputLength) => 4096 + (128L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        DecodeResult<Digest> digest = Scale.Decode<Digest>(input);
        if (!digest.IsOk) return new FuzzOutcome(digest.Position > 0, BadEncoding);
        GrandpaDigestError error = GrandpaDigest.Read(digest.Value, out ScheduledChange? change);
        if (change is { Delay: not 0 }) throw new InvalidOperationException("A delayed change was accepted.");
        return new FuzzOutcome(true, error == GrandpaDigestError.None ? null : error.ToString());
    }

    private static byte[] Make(params GrandpaLog[] logs) => Scale.Encode(new Digest([.. logs.Select(GrandpaSamples.Log)]));
}
