using System.Diagnostics;
using System.Globalization;
using Phala.StorageLoad;

namespace Phala.Tests.Node.Storage;

/// <summary>A running <see cref="LoadChain"/> in a process of its own.</summary>
internal sealed class LoadProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    public LoadProcess(string directory, int blocks, string? crashPoint = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Phala.StorageLoad.dll");
        ProcessStartInfo start = new("dotnet", [program, directory, blocks.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (crashPoint is not null) start.Environment[Phala.Node.Storage.CrashPoint.Variable] = crashPoint;
        _process = Process.Start(start)!;
    }

    /// <summary>The lines that it has written and that have been read.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Reads until a number of lines with this beginning were there.</summary>
    public void ReadUntil(string beginning, int times = 1)
    {
        while (times > 0 && _process.StandardOutput.ReadLine() is { } line)
        {
            Lines.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal)) times--;
        }
    }

    /// <summary>Kills it as kill -9 does, and reads what it still said.</summary>
    public void Kill()
    {
        _process.Kill();
        ReadToEnd();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public int ReadToEnd()
    {
        while (_process.StandardOutput.ReadLine() is { } line) Lines.Add(line);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
