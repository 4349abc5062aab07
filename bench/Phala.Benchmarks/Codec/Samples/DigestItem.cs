using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>An item of a header's digest.</summary>
[Scale("sp_runtime::generic::digest::DigestItem")]
public abstract partial record DigestItem
{
    private DigestItem()
    {
    }

    /// <summary>Anything.</summary>
    [Variant(0, Unnamed = true)]
    public sealed record Other(Vec<byte> Data) : DigestItem;

    /// <summary>A message from the runtime to the consensus engine.</summary>
    [Variant(4, Unnamed = true)]
    public sealed record Consensus(EngineId Engine, Vec<byte> Data) : DigestItem;

    /// <summary>The author's signature.</summary>
    [Variant(5, Unnamed = true)]
    public sealed record Seal(EngineId Engine, Vec<byte> Data) : DigestItem;

    /// <summary>A message from the consensus engine to the runtime.</summary>
    [Variant(6, Unnamed = true)]
    public sealed record PreRuntime(EngineId Engine, Vec<byte> Data) : DigestItem;

    /// <summary>The runtime's code or heap pages changed.</summary>
    [Variant(8)]
    public sealed record RuntimeEnvironmentUpdated : DigestItem;
}
