using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Queue;

/// <summary>What an entry says of one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Body">The BLAKE2b-256 hash of its messages, <c>SCALE(Vec&lt;Message&gt;)</c>.</param>
[Scale("phala_mq::EntryChannel")]
public readonly partial record struct EntryChannel(Channel Channel, Hash256 Body);
