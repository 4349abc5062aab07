using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>Whether a stream takes entries.</summary>
[Scale]
public enum StreamState : byte
{
    /// <summary>It does.</summary>
    Running = 0,

    /// <summary>It waits for the cluster's keys, which come with the system's channel.</summary>
    AwaitingKeys = 1,

    /// <summary>The worker failed at the next entry and tries it again when it is brought again. Other streams go on.</summary>
    Faulted = 2,

    /// <summary>The cluster has ended, or the worker is a member of it no longer.</summary>
    Ended = 3,
}
