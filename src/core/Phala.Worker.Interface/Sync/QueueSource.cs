using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>Where a worker takes the queue's position from.</summary>
[Scale]
public enum QueueSource : byte
{
    /// <summary>Headers and their digests, or a read proof of the queue's position: the chain keeps the queue.</summary>
    Queue = 0,

    /// <summary>Every header with a read proof of its messages: the worker derives the queue by itself.</summary>
    StorageProofs = 1,
}
