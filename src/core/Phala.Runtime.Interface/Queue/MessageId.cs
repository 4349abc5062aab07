using Phala.Codec;

namespace Phala.Runtime.Interface.Queue;

/// <summary>The place of a message in the queue. Receipts and replies name it.</summary>
/// <param name="Count">The number of its entry: the first has 1, the queue's count once it is appended.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Index">Its place among the channel's messages in the entry.</param>
[Scale("phala_mq::MessageId")]
public readonly partial record struct MessageId(ulong Count, Channel Channel, uint Index);
