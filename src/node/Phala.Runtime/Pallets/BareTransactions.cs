using Phala.Codec;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Pallets;

/// <summary>How a pool orders transactions that prove their own right: before those of accounts, as they are few, and what they bring somebody has paid for.</summary>
internal static class BareTransactions
{
    /// <summary>For how many blocks a pool keeps them: whoever sends them sends them again.</summary>
    public const ulong Longevity = 64;

    private const ulong Priority = ulong.MaxValue / 2;

    /// <summary>A transaction that stands alone.</summary>
    public static ValidTransaction Providing(Vec<byte> tag, ulong longevity = Longevity) => new(Priority, default, [tag], longevity, Propagate: true);

    /// <summary>A transaction that follows another.</summary>
    public static ValidTransaction Providing(Vec<byte> tag, Vec<byte> required) => new(Priority, [required], [tag], Longevity, Propagate: true);
}
