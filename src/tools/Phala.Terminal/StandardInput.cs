using System.CommandLine;

namespace Phala.Terminal;

/// <summary>Lets a program end with the one that started it: a pipe to standard input ends when its writer does, however that happened.</summary>
public static class StandardInput
{
    /// <summary>The option of programs that others start.</summary>
    public static Option<bool> StopOption() => new("--stop-with-input") { Description = "Stop when standard input ends: for programs that start this one." };

    /// <summary>A token that is cancelled when the input ends, or when another is.</summary>
    /// <param name="input">The input. What comes in is thrown away.</param>
    /// <param name="stop">Another reason to stop.</param>
    public static CancellationTokenSource WhenEnded(Stream input, CancellationToken stop)
    {
        CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // A thread of its own: a read from a terminal or a pipe can't be taken back, and must not keep the program alive.
        Thread reader = new(() => Drain(input, ended)) { IsBackground = true, Name = "standard input" };
        reader.Start();
        return ended;
    }

    private static void Drain(Stream input, CancellationTokenSource ended)
    {
        Span<byte> nothing = stackalloc byte[256];
        try
        {
            while (input.Read(nothing) > 0)
            {
            }
        }
        catch (IOException)
        {
            // An input that can't be read has ended.
        }

        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The program is ending anyway.
        }
    }
}
