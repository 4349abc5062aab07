using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>The time of each block, which its author tells and its slot confirms.</summary>
[Documented]
public static partial class Timestamp
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Timestamp";

    /// <summary>The block's time in milliseconds since 1970.</summary>
    public static readonly StorageValue<U64Codec, ulong> Now = new(Name, "Now", () => 0ul);

    /// <summary>Whether the block has told its time; there while it is executed.</summary>
    public static readonly StorageValue<BoolCodec, bool> DidUpdate = new(Name, "DidUpdate", () => false);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 1, "pallet_timestamp", Docs)
        .Call<Set>(0)
        .Stores(Now, DidUpdate)
        .Constant<U64Codec, ulong>("MinimumPeriod", 1, "The least time between two blocks in milliseconds. The slot decides more.");

    /// <summary>Tells the block's time. The first extrinsic of every block; nobody may send it.</summary>
    /// <param name="Now">Milliseconds since 1970, within the block's slot.</param>
    [Scale] public readonly partial record struct Set([Compact] ulong Now) : ICall<Set>;
}
