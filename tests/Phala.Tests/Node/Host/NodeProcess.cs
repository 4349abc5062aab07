using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Phala.Tests.Node.Host;

/// <summary>A node in a process of its own.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly List<string> _lines = [];

    /// <summary>Starts it with these arguments.</summary>
    public NodeProcess(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "phala-node.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        _process = Process.Start(start)!;
    }

    /// <summary>The lines of its log that were read.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Reads the log up to a line that holds a text.</summary>
    /// <returns>The line; null where the log ends before.</returns>
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

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code and what was written to standard output.</returns>
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
}
