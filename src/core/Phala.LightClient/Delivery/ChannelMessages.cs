using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;

namespace Phala.LightClient.Delivery;

/// <summary>A channel's messages in an entry.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Messages">The messages in order.</param>
public readonly record struct ChannelMessages(Channel Channel, Vec<Message> Messages);
