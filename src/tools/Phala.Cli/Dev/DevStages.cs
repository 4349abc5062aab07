using System.Globalization;
using Phala.Cli.Output;

namespace Phala.Cli.Dev;

/// <summary>Tells how far the start has come: one line for each step, with the time that it took.</summary>
/// <param name="transcript">Where it goes.</param>
/// <param name="time">The clock.</param>
internal sealed class DevStages(Transcript transcript, TimeProvider time)
{
    private readonly long _begin = time.GetTimestamp();

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begin);

    /// <summary>Does a step.</summary>
    /// <param name="what">What is done, in a few words.</param>
    /// <param name="step">How.</param>
    public async Task DoAsync(string what, Func<Task> step)
    {
        long begin = time.GetTimestamp();
        await step().ConfigureAwait(false);
        double seconds = time.GetElapsedTime(begin).TotalSeconds;
        await transcript.SayAsync(string.Create(CultureInfo.InvariantCulture, $"  {what,-56} {seconds,5:F1} s")).ConfigureAwait(false);
        await transcript.NoteAsync("stage", ("what", what), ("seconds", Math.Round(seconds, 3))).ConfigureAwait(false);
    }
}
