using Phala.Codec;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>An event as the state holds it.</summary>
/// <param name="Phase">During what it was deposited.</param>
/// <param name="Event">The event.</param>
/// <param name="Topics">Words by which it may be found. The runtime gives none.</param>
[Scale("frame_system::EventRecord"), ScaleParameter("E", typeof(RuntimeEvent)), ScaleParameter("T", typeof(Hash256))]
public readonly partial record struct EventRecord(Phase Phase, RuntimeEvent Event, Vec<Hash256> Topics);
