using Phala.Codec;

namespace Phala.Chain;

/// <summary>An item of a header's digest. Any other index is no digest item.</summary>
[Scale("sp_runtime::generic::digest::DigestItem")]
public abstract partial record DigestItem
{
    private DigestItem()
    {
    }

    /// <summary>Bytes without a meaning to consensus.</summary>
    [Variant(0, Unnamed = true)]
    public sealed record Other(Vec<byte> Data) : DigestItem;

    /// <summary>A message from the runtime to a consensus engine.</summary>
    [Variant(4, Unnamed = true)]
    public sealed record Consensus(EngineId Engine, Vec<byte> Data) : DigestItem;

    /// <summary>The author's signature. It is added after execution and stands last.</summary>
    [Variant(5, Unnamed = true)]
    public sealed record Seal(EngineId Engine, Vec<byte> Data) : DigestItem;

    /// <summary>A message from a consensus engine to the runtime, there before execution.</summary>
    [Variant(6, Unnamed = true)]
    public sealed record PreRuntime(EngineId Engine, Vec<byte> Data) : DigestItem;

    /// <summary>The runtime's code or its number of heap pages has changed.</summary>
    [Variant(8)]
    public sealed record RuntimeEnvironmentUpdated : DigestItem;
}
