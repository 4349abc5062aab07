using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Pallets;

/// <summary>What calls weigh: their reads and writes, and a round figure for the rest.</summary>
internal static class Weights
{
    private const ulong Microsecond = 1_000_000;

    public static Weight Remark => Of(2, 0, 0);

    public static Weight Timestamp => Of(10, 2, 1);

    public static Weight Transfer => Of(60, 2, 2);

    public static Weight ForceTransfer => Transfer;

    public static Weight SetBalance => Of(30, 1, 2);

    public static Weight Burn => Of(30, 1, 2);

    public static Weight Sudo => Of(12, 1, 0);

    public static Weight SetKey => Of(12, 1, 1);

    public static Weight Batch => Of(8, 0, 0);

    public static Weight BatchItem => Of(5, 0, 0);

    public static Weight AsDerivative => Of(8, 0, 0);

    public static Weight SetKeys => Of(50, 4, 5);

    public static Weight PurgeKeys => Of(40, 2, 4);

    public static Weight ScheduleUpgrade => Of(15, 2, 1);

    /// <summary>Naming validators reads the keys of each.</summary>
    public static Weight SetValidators(int count) => Of(20 + (ulong)count, (ulong)count, 1);

    private static Weight Of(ulong microseconds, ulong reads, ulong writes) =>
        new((microseconds * Microsecond) + (reads * BlockLimits.Database.Read) + (writes * BlockLimits.Database.Write), 0);
}
