using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Phala.Client;

namespace Phala.LoadGenerator;

/// <summary>A <c>phala-node --dev</c> of its own, whose data is thrown away.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Processor time that the node has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<NodeProcess> StartAsync(int blockMilliseconds, string? basePath, CancellationToken stop)
    {
        int port = FreePort();
        string[] arguments =
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "phala-node.dll"), "--dev", "--no-prometheus", "--log", "warn", "--rpc-port", port.ToString(CultureInfo.InvariantCulture),
            "--block-millisecs", blockMilliseconds.ToString(CultureInfo.InvariantCulture), .. basePath is null ? (string[])["--tmp"] : ["--base-path", basePath],
        ];
        NodeProcess node = new(Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", arguments))!, new Uri($"ws://127.0.0.1:{port}/"));
        while (!node._process.HasExited)
        {
            ClientResult<ChainClient> connected = await ChainClient.ConnectAsync(node.Address, null, stop).ConfigureAwait(false);
            if (connected.TryGet(out ChainClient? client, out _))
            {
                await client.DisposeAsync().ConfigureAwait(false);
                return node;
            }

            await Task.Delay(50, stop).ConfigureAwait(false);
        }

        throw new InvalidOperationException("The node did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
