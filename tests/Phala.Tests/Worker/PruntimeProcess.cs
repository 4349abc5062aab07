using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Phala.Tests.Worker;

/// <summary>The worker's program in a process of its own.</summary>
internal sealed partial class PruntimeProcess : IDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly List<string> _lines = [];

    /// <summary>Starts it with these arguments, and variables beside those of this process.</summary>
    public PruntimeProcess(IReadOnlyDictionary<string, string> environment, params string[] arguments)
        : this(Path.Combine(Folder, OperatingSystem.IsWindows() ? "pruntime.exe" : "pruntime"), environment, arguments)
    {
    }

    /// <summary>Starts one of its files: a program, or a library that <c>dotnet</c> starts.</summary>
    public PruntimeProcess(string file, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        bool isLibrary = file.EndsWith(".dll", StringComparison.Ordinal);
        ProcessStartInfo start = new(isLibrary ? "dotnet" : file, isLibrary ? [file, .. arguments] : arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    /// <summary>The folder of the program as it is published.</summary>
    public static string Folder { get; } = Path.Combine(Testing.Repository.Path("artifacts/bin/Phala.Worker"), Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)));

    public int Id => _process.Id;

    /// <summary>The lines of its log that were read.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>The port of the listener that a line of the log names.</summary>
    public async Task<int> PortAsync(string listener) =>
        int.Parse(PortPattern().Match(await ReadUntilAsync($"({listener})") ?? throw new InvalidOperationException(string.Join('\n', _lines))).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Reads the log up to a line that holds a text; null where the log ends before.</summary>
    public async Task<string?> ReadUntilAsync(string text)
    {
        using CancellationTokenSource tooLong = new(SafetyNet);
        while (await _process.StandardError.ReadLineAsync(tooLong.Token) is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        return null;
    }

    /// <summary>Sends a signal, such as INT or TERM.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end: the exit code and what was written to standard output.</summary>
    public async Task<(int Code, string Output)> EndAsync()
    {
        using CancellationTokenSource tooLong = new(SafetyNet);
        Task<string> output = _process.StandardOutput.ReadToEndAsync(tooLong.Token);
        while (await _process.StandardError.ReadLineAsync(tooLong.Token) is { } line) _lines.Add(line);
        await _process.WaitForExitAsync(tooLong.Token);
        return (_process.ExitCode, await output);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)")]
    private static partial Regex PortPattern();
}
