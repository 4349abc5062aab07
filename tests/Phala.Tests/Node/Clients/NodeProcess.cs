using System.Diagnostics;
using System.Text;

namespace Phala.Tests.Node.Clients;

/// <summary>The program itself with a development chain, in a process of its own on a free port.</summary>
internal sealed class NodeProcess : IDisposable
{
    private const string Sign = "RPC at ws://";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("phala-client-test-");
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    /// <summary>Starts it and waits until it serves.</summary>
    public NodeProcess(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "phala-node.dll");
        _process = new Process { StartInfo = new ProcessStartInfo("dotnet", [program, "--dev", "--rpc-port", "0", "--no-prometheus", "--base-path", _directory.FullName, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Read(line.Data, address);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, address);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = $"ws://{address.Task.WaitAsync(TimeSpan.FromMinutes(2)).GetAwaiter().GetResult()}";
    }

    /// <summary>Where it serves JSON-RPC.</summary>
    public string Url { get; }

    /// <summary>What it has written.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    private void Read(string? line, TaskCompletionSource<string> address)
    {
        lock (_log) _log.AppendLine(line);
        int at = line?.IndexOf(Sign, StringComparison.Ordinal) ?? -1;
        if (at >= 0) address.TrySetResult(line![(at + Sign.Length)..].Split(' ')[0]);
        if (line is null) address.TrySetException(new InvalidOperationException($"The node ended: {Log}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
