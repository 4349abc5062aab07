namespace Phala.Node.Network.Notifications;

/// <summary>How far a node follows finality.</summary>
/// <param name="Round">The round of votes that it is in.</param>
/// <param name="Set">The authority set whose votes it counts.</param>
/// <param name="Height">The highest block that it knows to be final.</param>
internal readonly record struct NeighborPacket(ulong Round, ulong Set, uint Height);
