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

    /// <summary>The validator whose turn the block's slot is: the account, not the key that it seals with. Sessions set validators and their keys together, in one order.</summary>
    /// <returns>False where there are no validators.</returns>
    public static bool TryGetAuthor(BlockContext block, out AccountId author)
    {
        author = default;
        Vec<AccountId> validators = Session.Validators.Get(block.State);
        if (validators.Length == 0) return false;
        author = validators[AuraSeal.AuthorOf(block.Slot, validators.Length)];
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
