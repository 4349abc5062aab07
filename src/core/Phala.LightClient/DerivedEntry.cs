using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.LightClient;

/// <summary>An entry that a light client made of a block's messages, with the bodies of all its channels.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Bodies">One for each channel, in ascending order.</param>
[Scale]
public sealed partial record DerivedEntry(QueueEntry Entry, Vec<ChannelBody> Bodies);
