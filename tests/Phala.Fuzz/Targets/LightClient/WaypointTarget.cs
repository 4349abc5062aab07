using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Queue;
using Phala.Testing;
using Phala.Testing.Chain.Light;
using Phala.Trie;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>Claims of a position of the queue with the hashes that prove it, some bytes of them changed. What is proven is the chain's own.</summary>
internal sealed class WaypointTarget : FuzzTarget
{
    private const int Spacing = 3;

    private static readonly Hash256[] Hashes = [.. FollowScenarios.Chain.Entries(0, FollowScenarios.Chain.Height).Select(entry => entry.Entry.Hash())];

    private static readonly QueueHead Head = At(Hashes.Length);

    private static readonly byte[][] Claims = [.. Samples().Select(sample => (byte[])[.. Scale.Encode(sample.Claimed), .. Scale.Encode<VecCodec<Hash256, Hash256>, Vec<Hash256>>([.. sample.Hashes])])];

    public override string Name => "light-waypoints";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Claims.Length);

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<WaypointError>().Except([nameof(WaypointError.None)])];

    public override long AllocationBound(int inputLength) => 100_000;

    public override FuzzOutcome Run(byte[] input)
    {
        ScaleReader reader = new(Patch.Apply(Claims[Patch.Choice(input, Claims.Length)], input));
        if (!QueueHead.TryDecode(ref reader, out QueueHead claimed) || !VecCodec<Hash256, Hash256>.TryDecode(ref reader, out Vec<Hash256> hashes)) return new FuzzOutcome(false, null);
        QueueWaypoints waypoints = new(Spacing);
        WaypointError error = waypoints.TryProve(Head, claimed, hashes.AsSpan());
        if ((error == WaypointError.None) != (waypoints.Save().Length == 1)) throw new InvalidOperationException("A refused claim is kept, or a proven one is not.");
        if (error == WaypointError.None && claimed != At((int)claimed.Count)) throw new InvalidOperationException("A position is proven that is not the chain's.");
        return new FuzzOutcome(true, error == WaypointError.None ? null : error.ToString());
    }

    private static QueueHead At(int count) => QueueHead.Empty.Append(Hashes.AsSpan(0, count));

    private static IEnumerable<(QueueHead Claimed, Hash256[] Hashes)> Samples()
    {
        int last = (Hashes.Length - 1) / Spacing * Spacing;
        yield return (At(last), Hashes[last..]);
        yield return (At(last) with { Hash = Hashes[0] }, Hashes[last..]);
        yield return (At(last), [Hashes[0], .. Hashes[(last + 1)..]]);
        yield return (At(last - Spacing), Hashes[(last - Spacing)..last]);
        yield return (At(last - Spacing), Hashes[(last - Spacing)..]);
        yield return (At(last - 1), Hashes[(last - 1)..]);
        yield return (QueueHead.Empty, Hashes[..Spacing]);
    }
}
