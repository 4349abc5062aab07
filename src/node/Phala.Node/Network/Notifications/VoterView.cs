namespace Phala.Node.Network.Notifications;

/// <summary>How far a peer follows finality.</summary>
/// <param name="Set">The authority set whose votes it counts.</param>
/// <param name="Height">The highest block that it knows to be final.</param>
/// <param name="Sent">The highest block whose commit this node has sent to it.</param>
internal sealed record VoterView(ulong Set, uint Height, uint Sent);
