namespace Phala.Chain.Aura;

/// <summary>What the state before a block and the clock say about its author.</summary>
/// <param name="authorities">The authorities in the state after the parent, in order.</param>
/// <param name="parentSlot">The parent's slot, or null where the parent is the genesis, which has none.</param>
/// <param name="latestSlot">The last slot that may be claimed: the present one, or a little later where clocks differ.</param>
public readonly ref struct AuraContext(ReadOnlySpan<AuraAuthorityId> authorities, ulong? parentSlot, ulong latestSlot)
{
    /// <summary>The authorities in the state after the parent, in order.</summary>
    public ReadOnlySpan<AuraAuthorityId> Authorities { get; } = authorities;

    /// <summary>The parent's slot, or null where the parent is the genesis.</summary>
    public ulong? ParentSlot { get; } = parentSlot;

    /// <summary>The last slot that may be claimed.</summary>
    public ulong LatestSlot { get; } = latestSlot;
}
