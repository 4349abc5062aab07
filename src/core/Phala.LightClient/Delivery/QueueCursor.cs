using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.LightClient.Delivery;

/// <summary>How far a consumer has taken the queue.</summary>
/// <param name="Head">The position after the last entry that it took.</param>
/// <param name="Block">The number of that entry's block; 0 before the first.</param>
[Scale]
public readonly partial record struct QueueCursor(QueueHead Head, uint Block)
{
    /// <summary>Before the first entry.</summary>
    public static QueueCursor Start => default;
}
