namespace Phala.Tests.Crypto;

/// <summary>Counts what 50 runs of code allocate once it is warm.</summary>
internal static class Allocation
{
    /// <summary>The least of three measurements: the runtime allocates on the thread now and then for itself, as when code becomes hot, and code that allocates does so every time.</summary>
    public static long Of(Action action)
    {
        for (int round = 0; round < 50; round++) action();
        return Math.Min(Math.Min(Measure(action), Measure(action)), Measure(action));
    }

    private static long Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 50; round++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
