using Phala.Testing;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Fuzz.Targets.Worker;

/// <summary>A message in JSON. The base library reads the text; what it throws at is an error like any other.</summary>
internal sealed class ProtoJsonTarget : FuzzTarget
{
    public override string Name => "proto-json";

    public override IReadOnlyList<byte[]> Corpus { get; } = [ProtoSamples.InfoJson];

    public override IReadOnlyCollection<string> Errors { get; } = [nameof(ProtoError.BadJson)];

    public override int SampleSize => 5_000;

    public override long AllocationBound(int inputLength) => 200_000 + (200L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        ProtoError error = PhactoryInfo.Schema.DecodeJson(input, out PhactoryInfo message);
        if (error != ProtoError.None) return new FuzzOutcome(PassedOuter: true, error.ToString());
        byte[] json = PhactoryInfo.Schema.EncodeJson(message);
        if (PhactoryInfo.Schema.DecodeJson(json, out PhactoryInfo again) != ProtoError.None || !PhactoryInfo.Schema.EncodeJson(again).AsSpan().SequenceEqual(json)) throw new InvalidOperationException("the message is read as another one");
        return new FuzzOutcome(PassedOuter: true, Error: null);
    }
}
