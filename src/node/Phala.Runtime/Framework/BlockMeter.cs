using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Framework;

/// <summary>What a block has taken of its limits: weight by class, and bytes.</summary>
public sealed class BlockMeter
{
    private readonly Weight[] _used = new Weight[3];
    private long _bytes;

    /// <summary>The weights by class, as the state holds them.</summary>
    public PerDispatchClass<Weight> Used => new(_used[0], _used[1], _used[2]);

    /// <summary>Whether an extrinsic can be in any block at all.</summary>
    public static bool FitsInABlock(DispatchInfo info, int length)
    {
        ClassWeights limits = LimitsOf(info.Class);
        return length <= MaxLength(info.Class) && (!limits.MaxExtrinsic.TryGet(out Weight most) || info.Weight.FitsIn(most));
    }

    /// <summary>Counts an extrinsic, unless the block has no room for it.</summary>
    /// <param name="info">Its class and weight without the base.</param>
    /// <param name="length">Its length in bytes with the length prefix.</param>
    public bool TryTake(DispatchInfo info, int length)
    {
        ClassWeights limits = LimitsOf(info.Class);
        Weight extrinsic = info.Weight + limits.BaseExtrinsic;
        Weight used = _used[(int)info.Class] + extrinsic;
        Weight total = _used[0] + _used[1] + _used[2] + extrinsic;
        if (_bytes + length > MaxLength(info.Class)) return false;
        if (limits.MaxTotal.TryGet(out Weight most) && !used.FitsIn(most)) return false;
        if (!total.FitsIn(BlockLimits.Weights.MaxBlock) && info.Class != DispatchClass.Mandatory && !IsReserved(limits, used)) return false;
        _used[(int)info.Class] = used;
        _bytes += length;
        return true;
    }

    /// <summary>Counts weight that no extrinsic bears.</summary>
    public void Register(Weight weight, DispatchClass among) => _used[(int)among] += weight;

    /// <summary>Gives back what an extrinsic turned out not to need.</summary>
    public void Refund(Weight unused, DispatchClass among) => _used[(int)among] -= unused;

    private static bool IsReserved(ClassWeights limits, Weight used) => limits.Reserved.TryGet(out Weight reserved) && used.FitsIn(reserved);

    private static ClassWeights LimitsOf(DispatchClass among) => among switch
    {
        DispatchClass.Normal => BlockLimits.Weights.PerClass.Normal,
        DispatchClass.Operational => BlockLimits.Weights.PerClass.Operational,
        _ => BlockLimits.Weights.PerClass.Mandatory,
    };

    private static uint MaxLength(DispatchClass among) => among switch
    {
        DispatchClass.Normal => BlockLimits.Length.Normal,
        DispatchClass.Operational => BlockLimits.Length.Operational,
        _ => BlockLimits.Length.Mandatory,
    };
}
