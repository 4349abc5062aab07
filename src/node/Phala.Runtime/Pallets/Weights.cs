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

    public static Weight Queue => Of(20, 4, 4);

    public static Weight RegisterWorker => Of(150, 9, 4);

    public static Weight ChangeGatekeeper => Of(30, 4, 1);

    public static Weight UpdateEndpoint => Of(100, 3, 2);

    /// <summary>A list is changed, and the workers hear of it.</summary>
    public static Weight ChangeAllowList => Of(20, 2, 2) + Queue;

    public static Weight SetMinimumVersion => Of(10, 0, 1);

    public static Weight RecordSession => Of(400, 10, 2);

    public static Weight AddCluster(int workers) => Of(80 + (10 * (ulong)workers), 6 + (2 * (ulong)workers), 7 + (ulong)workers);

    public static Weight ClusterDestroy => Of(100, 4, 20 + PhalaPhatContracts.VotesKept + PhalaPhatContracts.MaxWorkers);

    public static Weight ChangeMember => Of(60, 7, 5);

    public static Weight SetReportQuorum => Of(15, 2, 1);

    public static Weight PushMessage(int bytes) => OfBytes(bytes) + Of(30, 3, 0);

    public static Weight SyncOffchainMessage(int bytes) => OfBytes(bytes) + Of(120, 8, 5);

    /// <summary>A contract's message, and what comes before it: a transfer and its message.</summary>
    public static Weight PushContractMessage(int bytes) => OfBytes(bytes) + Of(110, 8, 2);

    public static Weight InstantiateContract(int bytes) => PushContractMessage(bytes) + Of(20, 1, 1);

    /// <summary>A report is hashed, its receipts once more, and each receipt is an event.</summary>
    public static Weight ReportEntry(int bytes, int receipts) => OfBytes(2 * bytes) + Of(150 + (10 * (ulong)receipts), 12, 8);

    /// <summary>Naming validators reads the keys of each.</summary>
    public static Weight SetValidators(int count) => Of(20 + (ulong)count, (ulong)count, 1);

    /// <summary>What is queued is encoded, hashed, stored and proven: five nanoseconds for each byte.</summary>
    private static Weight OfBytes(int bytes) => new(5_000ul * (uint)bytes, 0);

    private static Weight Of(ulong microseconds, ulong reads, ulong writes) =>
        new((microseconds * Microsecond) + (reads * BlockLimits.Database.Read) + (writes * BlockLimits.Database.Write), 0);
}
