using Phala.Wasm;

namespace Phala.Testing.Wasm.Differential;

/// <summary>Threads with the stack that <see cref="Store"/> asks its embedder for.</summary>
public static class GuestThreads
{
    private const int HostStack = 1 << 20;

    /// <summary>Runs the same work on several threads at once and waits for them; an exception of one of them is thrown here.</summary>
    public static void Run(int count, ResourceLimits limits, Action work)
    {
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Guarded, (2 * limits.StackBytes) + HostStack))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (failure is not null) throw new InvalidOperationException("A thread that ran guests failed.", failure);

        void Guarded()
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }
        }
    }
}
