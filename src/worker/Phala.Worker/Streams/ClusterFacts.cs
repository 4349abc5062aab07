using Phala.Codec;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Worker.Streams;

/// <summary>What the system's channel says of a cluster.</summary>
/// <param name="Id">The cluster.</param>
/// <param name="Before">The position before the entry that made it: where its execution begins.</param>
/// <param name="Members">Its members.</param>
/// <param name="Keys">The public keys of the newest epoch; none before the gatekeeper made them.</param>
/// <param name="Wrapped">The sessions that secrets of that epoch are wrapped to.</param>
/// <param name="IsEnded">Whether it has ended.</param>
[Scale]
internal sealed partial record ClusterFacts(Hash256 Id, QueueCursor Before, Vec<Sr25519PublicKey> Members, Option<AnnouncedKeys> Keys, Vec<Sr25519PublicKey> Wrapped, bool IsEnded);
