using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>The message queue: what workers execute, in order, and what comes back from outside the chain, once each and in order.</summary>
[Documented]
public static partial class PhalaMq
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "PhalaMq";

    /// <summary>The longest payload of a message that an account pushes, in bytes.</summary>
    public const uint MaxPayload = 256 * 1024;

    /// <summary>The longest payload of a message from outside the chain, in bytes: nobody pays for it.</summary>
    public const uint MaxOffchainPayload = 64 * 1024;

    /// <summary>How many bytes of messages a block may add to the queue.</summary>
    public const uint MaxBlockBytes = 4 * 1024 * 1024;

    /// <summary>How many messages a block may add to the queue.</summary>
    public const uint MaxBlockMessages = 16 * 1024;

    /// <summary>The sequence of the next message from a sender outside the chain.</summary>
    public static readonly StorageMap<MessageOrigin, MessageOrigin, U64Codec, ulong> OffchainIngress = new(Name, "OffchainIngress", Hasher.Twox64Concat, () => 0ul);

    /// <summary>Messages of the genesis: they enter the queue with block 1.</summary>
    public static readonly StorageValue<VecCodec<Message, Message>, Vec<Message>> QueuedOutboundMessage = new(Name, "QueuedOutboundMessage");

    /// <summary>The messages that the block added to the queue, in order.</summary>
    public static readonly StorageValue<VecCodec<Message, Message>, Vec<Message>> OutboundMessages = new(Name, "OutboundMessages", () => default);

    /// <summary>How far the queue goes.</summary>
    public static readonly StorageValue<QueueHead, Queue.QueueHead> QueueHead = new(Name, "QueueHead", () => default);

    /// <summary>The number of the block with the last entry.</summary>
    public static readonly StorageValue<U32Codec, uint> LastEntry = new(Name, "LastEntry", () => 0u);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 40, "phala_pallets::mq", Docs)
        .Call<SyncOffchainMessage>(0)
        .Call<PushMessage>(1)
        .Call<ForcePushPalletMessage>(2)
        .Event<Pushed>(0)
        .Errors<ErrorCodec, Error>()
        .Stores(OffchainIngress, QueuedOutboundMessage, OutboundMessages, QueueHead, LastEntry)
        .Constant<U32Codec, uint>("MaxPayload", MaxPayload, "The longest payload of a message that an account pushes, in bytes.")
        .Constant<U32Codec, uint>("MaxOffchainPayload", MaxOffchainPayload, "The longest payload of a message from outside the chain, in bytes.")
        .Constant<U32Codec, uint>("MaxBlockBytes", MaxBlockBytes, "How many bytes of messages a block may add to the queue.")
        .Constant<U32Codec, uint>("MaxBlockMessages", MaxBlockMessages, "How many messages a block may add to the queue.")
        .Constant<U32Codec, uint>("TickInterval", QueueEntry.TickInterval, "An entry is appended when so many blocks have passed without one.");

    /// <summary>What can go wrong.</summary>
    [Scale("phala_pallets::mq::pallet::Error")]
    public enum Error : byte
    {
        /// <summary>The sender is none from outside the chain, or nobody knows it.</summary>
        BadSender = 0,

        /// <summary>The message is not the sender's next.</summary>
        BadSequence = 1,

        /// <summary>The topic is none, or its contract does not exist.</summary>
        BadDestination = 2,

        /// <summary>The signature is not the sender's.</summary>
        BadSignature = 3,

        /// <summary>The payload is too long.</summary>
        PayloadTooLarge = 4,

        /// <summary>The block has no room in the queue.</summary>
        QueueFull = 5,
    }

    /// <summary>Accepts a sender's next message from outside the chain.</summary>
    /// <param name="SignedMessage">The message.</param>
    [Scale] public readonly partial record struct SyncOffchainMessage(SignedMessage SignedMessage) : ICall<SyncOffchainMessage>;

    /// <summary>Pushes a message of the account that signed.</summary>
    /// <param name="Destination">The topic.</param>
    /// <param name="Payload">What it says.</param>
    [Scale] public readonly partial record struct PushMessage(Vec<byte> Destination, Vec<byte> Payload) : ICall<PushMessage>;

    /// <summary>Pushes a message in the name of a pallet; for root.</summary>
    /// <param name="Destination">The topic.</param>
    /// <param name="Payload">What it says.</param>
    [Scale] public readonly partial record struct ForcePushPalletMessage(Vec<byte> Destination, Vec<byte> Payload) : ICall<ForcePushPalletMessage>;

    /// <summary>A message will be in the queue's next entry.</summary>
    /// <param name="Id">Its place.</param>
    /// <param name="Sender">Who sent it.</param>
    /// <param name="Destination">Its topic.</param>
    [Scale] public readonly partial record struct Pushed(MessageId Id, MessageOrigin Sender, Vec<byte> Destination) : IEvent<Pushed>;
}
