using Phala.Chain.Aura;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>Who authors blocks, in turn.</summary>
[Documented]
public static partial class Aura
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "Aura";

    /// <summary>Those who author the next block, in the order of their turns.</summary>
    public static readonly StorageValue<VecCodec<AuraAuthorityId, AuraAuthorityId>, Vec<AuraAuthorityId>> Authorities = new(Name, "Authorities", () => default);

    /// <summary>The block's slot.</summary>
    public static readonly StorageValue<U64Codec, ulong> CurrentSlot = new(Name, "CurrentSlot", () => 0ul);

    /// <summary>The length of a slot in milliseconds. Part of the genesis: a chain keeps it for ever.</summary>
    public static readonly StorageValue<U64Codec, ulong> SlotDuration = new(Name, "SlotDuration");

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 2, "pallet_aura", Docs)
        .Stores(Authorities, CurrentSlot, SlotDuration);
}
