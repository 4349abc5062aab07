namespace Phala.Tests.Crypto;

/// <summary>Counts what code allocates once it is warm.</summary>
internal static class Allocation
{
    public static long Of(Action action)
    {
        for (int round = 0; round < 50; round++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 50; round++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
