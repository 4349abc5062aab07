using Phala.Codec;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;

namespace Phala.Worker.Persistence;

/// <summary>What the log holds, record by record.</summary>
[Scale]
internal abstract partial record WorkerRecord
{
    private WorkerRecord()
    {
    }

    /// <summary>The light client advanced.</summary>
    /// <param name="LightClient">Its state.</param>
    [Variant(0)]
    public sealed record Advanced(Vec<byte> LightClient) : WorkerRecord;

    /// <summary>The system's channel was applied up to an entry.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="After">The cursor after it.</param>
    /// <param name="Messages">The channel's messages in it.</param>
    [Variant(1)]
    public sealed record Applied(QueueEntry Entry, QueueCursor After, Vec<Message> Messages) : WorkerRecord;

    /// <summary>A message was signed.</summary>
    /// <param name="Message">It.</param>
    [Variant(2)]
    public sealed record Sent(SignedMessage Message) : WorkerRecord;

    /// <summary>The chain has a sender's messages.</summary>
    /// <param name="Sender">The sender.</param>
    /// <param name="Next">The sequence that the chain expects next.</param>
    [Variant(3)]
    public sealed record Acknowledged(MessageOrigin Sender, ulong Next) : WorkerRecord;
}
