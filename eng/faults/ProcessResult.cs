using System.Diagnostics;

namespace Phala.Faults;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code; null where it ran out of time and was killed.</param>
/// <param name="Output">Standard output and error, together.</param>
public sealed record ProcessResult(int? ExitCode, string Output)
{
    /// <summary>Runs a program to its end, or kills it and what it started when the time is over.</summary>
    public static ProcessResult Run(string folder, TimeSpan limit, string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Remove("CI");
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(limit);
        if (!ended) process.Kill(entireProcessTree: true);
        return new ProcessResult(ended ? process.ExitCode : null, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }
}
