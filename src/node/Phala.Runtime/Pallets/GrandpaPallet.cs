using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;

namespace Phala.Runtime.Pallets;

/// <summary>Changes who makes blocks final. A change counts from the next block on, so the block that tells it is the last of the old set.</summary>
public sealed class GrandpaPallet : Pallet
{
    /// <summary>Has neither calls nor hooks: changes come from the session.</summary>
    public GrandpaPallet()
        : base(Grandpa.Shape)
    {
    }

    /// <summary>From the next block on others vote.</summary>
    public static void Change(BlockContext block, Vec<GrandpaAuthority> authorities)
    {
        if (Grandpa.Authorities.Get(block.State) == authorities) return;
        Grandpa.Authorities.Set(block.State, authorities);
        Grandpa.CurrentSetId.Set(block.State, Grandpa.CurrentSetId.Get(block.State) + 1);
        block.Deposit(new Grandpa.NewAuthorities(authorities));
        block.DepositDigest(new ScheduledChange(authorities, Delay: 0).ToDigestItem());
    }
}
