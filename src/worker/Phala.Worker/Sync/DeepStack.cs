using System.Runtime.ExceptionServices;

namespace Phala.Worker.Sync;

/// <summary>Threads on which contracts run: their stack is as long as calls inside of each other may need, whatever the machine's usual length is.</summary>
internal static class DeepStack
{
    /// <summary>The length of the stack in bytes: twice what the engine counts for six calls inside of each other, and room to spare.</summary>
    public const int Length = 16 * 1024 * 1024;

    /// <summary>Does something on such a thread, and waits for it.</summary>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(Work, Length) { IsBackground = true, Name = "contracts" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;

        void Work()
        {
            try
            {
                result = work();
            }
#pragma warning disable CA1031 // It goes to who waits.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }
}
