using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>When a contract's message is called of itself.</summary>
[Scale]
public enum HookPoint : byte
{
    /// <summary>At the end of each entry of the queue.</summary>
    OnBlockEnd = 0,
}
