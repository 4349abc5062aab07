using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Pallets;

/// <summary>Notes the block's slot, and tells light clients when the authors change.</summary>
public sealed class AuraPallet : Pallet
{
    /// <summary>The index of "authorities changed" among Aura's messages in a digest.</summary>
    private const byte AuthoritiesChange = 1;

    /// <summary>Registers the hook.</summary>
    public AuraPallet()
        : base(Aura.Shape)
    {
        Initialize = block =>
        {
            Aura.CurrentSlot.Set(block.State, block.Slot);
            return Weight.Zero;
        };
    }

    /// <summary>The author of the block that is being executed, by the slot it claims.</summary>
    /// <returns>False where there are no authorities.</returns>
    public static bool TryGetAuthor(BlockContext block, out AccountId author)
    {
        author = default;
        Vec<AuraAuthorityId> authorities = Aura.Authorities.Get(block.State);
        if (authorities.Length == 0) return false;
        author = new AccountId(authorities[(int)(block.Slot % (ulong)authorities.Length)].AsSpan());
        return true;
    }

    /// <summary>From the next block on others author.</summary>
    public static void Change(BlockContext block, Vec<AuraAuthorityId> authorities)
    {
        if (Aura.Authorities.Get(block.State) == authorities) return;
        Aura.Authorities.Set(block.State, authorities);
        byte[] list = Scale.Encode<VecCodec<AuraAuthorityId, AuraAuthorityId>, Vec<AuraAuthorityId>>(authorities);
        block.DepositDigest(new DigestItem.Consensus(EngineId.Aura, Vec.Create<byte>([AuthoritiesChange, .. list])));
    }
}
