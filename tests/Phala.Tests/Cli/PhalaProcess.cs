using System.Diagnostics;
using System.Globalization;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>The tool <c>phala</c> in a process of its own, as a user of a terminal has it: what it starts is in its process group, and Ctrl-C goes to the whole group.</summary>
internal sealed class PhalaProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task<string> _errors;
    private readonly string _id;

    public PhalaProcess(params string[] arguments)
    {
        // A child of a shell at a terminal leads a group of its own.
        ProcessStartInfo start = new("setsid", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        _process = Process.Start(start)!;
        _id = _process.Id.ToString(CultureInfo.InvariantCulture);
        _errors = _process.StandardError.ReadToEndAsync(Stop);
    }

    /// <summary>What was written to standard output and read so far.</summary>
    public string Output => string.Join('\n', _lines);

    private static string Program { get; } = Path.Combine(Repository.Path("artifacts/bin/Phala.Cli"), Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "phala");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Runs it to its end: exit code, standard output and standard error.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using PhalaProcess process = new(arguments);
        return await process.EndAsync();
    }

    /// <summary>The programs of its session that live: its own, and what it started.</summary>
    public string[] Living()
    {
        List<string> names = [];
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(entry => int.TryParse(Path.GetFileName(entry), out _)))
        {
            // number (name) state parent group session …
            string stat = Read(Path.Combine(process, "stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 3 && fields[0] != "Z" && fields[3] == _id) names.Add(stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')]);
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads standard output up to a line that holds a text.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException($"It ended before it said '{text}'.\n{Output}\n{await _errors}");
    }

    /// <summary>What Ctrl-C does: every process of the group is interrupted.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", "--", "-" + _id]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end: exit code, standard output and standard error.</summary>
    public async Task<(int Code, string Output, string Errors)> EndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(Stop) is { } line) _lines.Add(line);
        await _process.WaitForExitAsync(Stop);
        return (_process.ExitCode, Output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
