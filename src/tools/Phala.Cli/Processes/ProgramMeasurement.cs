using System.Diagnostics;
using Phala.Cli.Output;
using Phala.Cli.Dev;
using Phala.Codec;

namespace Phala.Cli.Processes;

/// <summary>The measurement of a worker's program, as the program itself reports it.</summary>
internal static class ProgramMeasurement
{
    private const int Length = 32;

    /// <summary>Asks the program.</summary>
    /// <exception cref="SetupException">It gave no measurement.</exception>
    /// <exception cref="OperationCanceledException">Ctrl-C ended it, or <paramref name="stop"/> is set.</exception>
    public static async Task<byte[]> OfAsync(string program, CancellationToken stop)
    {
        ProcessStartInfo start = new(program, ["measurement"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start) ?? throw new SetupException($"{program} was not started.");
        string text = (await process.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false)).Trim();
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        if (process.ExitCode == ExitCode.Interrupted) throw new OperationCanceledException();
        if (!Hex.TryParse(text, out byte[] measurement) || measurement.Length != Length) throw new SetupException($"{program} measurement gave no measurement but '{text}'.");
        return measurement;
    }
}
