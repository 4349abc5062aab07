using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.Worker.Interface.Sync;

/// <summary>The messages of one channel in an entry.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Messages">The encoding of the messages, <c>SCALE(Vec&lt;Message&gt;)</c>: what the entry has the hash of.</param>
[Scale]
public sealed partial record DeliveredBody(Channel Channel, Vec<byte> Messages);
