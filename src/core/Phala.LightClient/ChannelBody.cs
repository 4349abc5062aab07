using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.LightClient;

/// <summary>A channel's messages in an entry, encoded.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Messages">The encoding, <c>SCALE(Vec&lt;Message&gt;)</c>, whose hash the entry has.</param>
[Scale]
public readonly partial record struct ChannelBody(Channel Channel, Vec<byte> Messages);
