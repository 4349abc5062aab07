using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>During what of a block an event was deposited.</summary>
[Scale("frame_system::Phase")]
public abstract partial record Phase
{
    private Phase()
    {
    }

    /// <summary>An extrinsic.</summary>
    /// <param name="Index">Its place in the block.</param>
    [Variant(0, Unnamed = true)]
    public sealed record ApplyExtrinsic(uint Index) : Phase;

    /// <summary>The end of the block.</summary>
    [Variant(1)]
    public sealed record Finalization : Phase;

    /// <summary>The beginning of the block.</summary>
    [Variant(2)]
    public sealed record Initialization : Phase;
}
