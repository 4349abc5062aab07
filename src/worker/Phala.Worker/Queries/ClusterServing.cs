using Phala.Chain;
using Phala.Clusters.Queries;
using Phala.LightClient;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Streams;

namespace Phala.Worker.Queries;

/// <summary>A cluster as queries see it: executed up to a final block, with that block.</summary>
/// <param name="View">The state.</param>
/// <param name="Finalized">The block.</param>
/// <param name="ViewTime">Its time in milliseconds since 1970.</param>
/// <param name="Epoch">The newest epoch of command keys.</param>
internal sealed record ClusterServing(ClusterView View, BlockId Finalized, ulong ViewTime, uint Epoch)
{
    /// <summary>A stream that stands at the head as it is; one that is behind as it was when it stood at one, if it ever did in this boot.</summary>
    public static ClusterServing? Of(ClusterStream stream, VerifiedHead head, ClusterServing? before)
    {
        if (stream.Status is not (StreamState.Running or StreamState.Faulted)) return null;
        if (stream.Cursor.Head != head.Queue) return before;
        if (before is not null && before.Finalized == head.Block && before.View.State == stream.State) return before;
        return new ClusterServing(stream.View().At(head.Block.Number, head.ViewTime), head.Block, head.ViewTime, stream.Epoch);
    }
}
