namespace Phala.Chain.Aura;

/// <summary>Why a header's author was not entitled to it.</summary>
public enum AuraError : byte
{
    /// <summary>It was.</summary>
    None = 0,

    /// <summary>The digest's last item is no Aura seal.</summary>
    MissingSeal,

    /// <summary>The seal is not 64 bytes long.</summary>
    MalformedSeal,

    /// <summary>There is a seal before the last item.</summary>
    SecondSeal,

    /// <summary>No item says for which slot the block is.</summary>
    MissingSlot,

    /// <summary>Two items say for which slot the block is.</summary>
    SecondSlot,

    /// <summary>The slot is not 8 bytes long.</summary>
    MalformedSlot,

    /// <summary>The slot is not after the parent's.</summary>
    SlotNotAfterParent,

    /// <summary>The slot has not begun yet.</summary>
    SlotInFuture,

    /// <summary>There is nobody who could author blocks.</summary>
    NoAuthorities,

    /// <summary>The seal is not the signature of the authority whose slot it is, over the header without the seal.</summary>
    BadSignature,
}
