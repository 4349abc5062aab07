using Phala.Testing;
using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Fuzz.Targets.Worker;

/// <summary>Protobuf messages. What is accepted is written and read again as the same message.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
internal sealed class ProtoTarget<TMessage>(string name, IReadOnlyList<byte[]> corpus, params ProtoError[] errors) : FuzzTarget
    where TMessage : class, IProtoMessage<TMessage>, new()
{
    public override string Name => name;

    public override IReadOnlyList<byte[]> Corpus => corpus;

    public override IReadOnlyCollection<string> Errors { get; } = [.. errors.Select(error => error.ToString())];

    // An empty message within a message takes two bytes and makes an object; what was read is written once more, each level in a buffer of its own.
    public override long AllocationBound(int inputLength) => 50_000 + (2_000L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        ProtoError error = TMessage.Schema.Decode(input, out TMessage message);
        if (error != ProtoError.None) return new FuzzOutcome(error is not ProtoError.BadTag, error.ToString());
        byte[] written = TMessage.Schema.Encode(message);
        if (TMessage.Schema.Decode(written, out TMessage again) != ProtoError.None || !TMessage.Schema.Encode(again).AsSpan().SequenceEqual(written)) throw new InvalidOperationException("the message is read as another one");
        if (TMessage.Schema.DecodeJson(TMessage.Schema.EncodeJson(message), out TMessage fromJson) != ProtoError.None || !TMessage.Schema.Encode(fromJson).AsSpan().SequenceEqual(written)) throw new InvalidOperationException("the message is another one in JSON");
        return new FuzzOutcome(PassedOuter: true, Error: null);
    }
}
