using System.Diagnostics;

namespace Phala.Cli.Processes;

/// <summary>A program that this one starts, and that ends with it: its standard input is a pipe from here, and it stops when that ends. What it prints goes into a file.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>How long a program may take to end before it is ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Task _copying;
    private readonly string _program;
    private readonly string[] _arguments;
    private bool _isDisposed;

    private ChildProcess(string name, string program, string[] arguments, string logFile, Process process, StreamWriter log)
    {
        (Name, _program, _arguments, LogFile, _process, _log) = (name, program, arguments, logFile, process, log);
        Ended = process.WaitForExitAsync();
        _copying = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
    }

    /// <summary>What it is to the user.</summary>
    public string Name { get; }

    /// <summary>Where its lines go.</summary>
    public string LogFile { get; }

    /// <summary>Ends when the program has.</summary>
    public Task Ended { get; }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether its end was asked for.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>How it ended; null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Bytes of memory that it holds now; 0 once it has ended.</summary>
    public long Memory
    {
        get
        {
            if (_process.HasExited) return 0;
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="name">What it is to the user.</param>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments; the one that makes it stop with its input is added.</param>
    /// <param name="logFile">Where its lines go.</param>
    public static ChildProcess Start(string name, string program, string[] arguments, string logFile)
    {
        ProcessStartInfo start = new(program, [.. arguments, "--stop-with-input"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["NO_COLOR"] = "1";
        StreamWriter log = new(logFile, append: true) { AutoFlush = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started.");
        return new ChildProcess(name, program, arguments, logFile, process, log);
    }

    /// <summary>The last lines that it printed.</summary>
    public IReadOnlyList<string> LastLines(int count)
    {
        using FileStream file = new(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        Queue<string> last = new(count);
        while (reader.ReadLine() is { } line)
        {
            if (last.Count == count) last.Dequeue();
            last.Enqueue(line);
        }

        return [.. last];
    }

    /// <summary>Ends it at once, if it runs, and starts the same program in the same way. Of this object only its end is left.</summary>
    public async Task<ChildProcess> RestartAsync()
    {
        await KillAsync().ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        return Start(Name, _program, _arguments, LogFile);
    }

    /// <summary>Lets it stop, and ends it if it does not.</summary>
    public async Task StopAsync()
    {
        IsStopped = true;
        if (_process.HasExited) return;
        try
        {
            _process.StandardInput.Close();
            await Ended.WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
            await Ended.ConfigureAwait(false);
        }
    }

    /// <summary>Ends it at once, as a failing machine would.</summary>
    public async Task KillAsync()
    {
        IsStopped = true;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await Ended.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await StopAsync().ConfigureAwait(false);
        await _copying.ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_log) _log.WriteLine(line);
        }
    }
}
