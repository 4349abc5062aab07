using Phala.Codec;

namespace Phala.Clusters.State;

/// <summary>What a contract stores, and what is locked for it.</summary>
/// <param name="Items">How many keys.</param>
/// <param name="Bytes">The lengths of keys and values together.</param>
/// <param name="Deposit">What is locked, in units of 10⁻¹² PHA.</param>
[Scale]
public readonly partial record struct StorageUsage(ulong Items, ulong Bytes, UInt128 Deposit)
{
    /// <summary>What should be locked; false where no number says how much.</summary>
    public bool TryPrice(UInt128 perItem, UInt128 perByte, out UInt128 deposit)
    {
        deposit = 0;
        if (!Amounts.TryMultiply(perItem, Items, out UInt128 items) || !Amounts.TryMultiply(perByte, Bytes, out UInt128 bytes)) return false;
        return Amounts.TryAdd(items, bytes, out deposit);
    }
}
