using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Phala.Node.Rpc;

namespace Phala.LoadGenerator;

/// <summary>
/// Loads the RPC server from within the same process, so that server and clients share the cores: a request of 72 bytes that is answered with a hash, over HTTP and
/// over WebSockets with one and with many requests under way. Prints requests per second and the distribution of their times.
/// </summary>
internal static class RpcLoad
{
    private const string Request = """{"jsonrpc":"2.0","id":1,"method":"chain_getBlockHash","params":[123456]}""";

    public static Command Command()
    {
        Option<int> seconds = new("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = _ => 5 };
        Command command = new("rpc", "Asks a server in this process for a hash, over HTTP and WebSocket.") { seconds };
        command.SetAction((line, _) => RunAsync(line.GetValue(seconds)));
        return command;
    }

    private static async Task RunAsync(int seconds)
    {
        RpcRegistry registry = new();
        registry.Method("chain_getBlockHash", RpcAccess.Safe, (call, result) =>
        {
            if (!call.Parameters.TryOptionalBlockNumbers("number", out ulong[]? numbers, out _)) return call.Parameters.Error;
            Span<byte> hash = stackalloc byte[32];
            BitConverter.TryWriteBytes(hash, numbers is [var number] ? number : 0);
            result.WriteHexValue(hash);
            return null;
        });
        await using RpcServer server = await RpcServer.StartAsync(new RpcOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, registry, new RpcServices());
        await MeasureAsync(server, "HTTP, 32 connections, 1 in flight", 32, 1, overWebSocket: false, seconds);
        await MeasureAsync(server, "WebSocket, 32 connections, 1 in flight", 32, 1, overWebSocket: true, seconds);
        await MeasureAsync(server, "WebSocket, 8 connections, 32 in flight", 8, 32, overWebSocket: true, seconds);
    }

    private static async Task MeasureAsync(RpcServer server, string what, int connections, int inFlight, bool overWebSocket, int seconds)
    {
        RpcLoadClient[] clients = [.. Enumerable.Range(0, connections).Select(_ => new RpcLoadClient(server.EndPoint, Request, overWebSocket, inFlight))];
        await RoundAsync(clients, TimeSpan.FromSeconds(1));
        foreach (RpcLoadClient client in clients) client.Times.Clear();
        long allocated = GC.GetTotalAllocatedBytes();
        Stopwatch clock = Stopwatch.StartNew();
        await RoundAsync(clients, TimeSpan.FromSeconds(seconds));
        double elapsed = clock.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        double[] times = [.. clients.SelectMany(client => client.Times)];
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {times.Length / elapsed:F0} req/s; ms p50 {At(times, 0.5):F3}, p99 {At(times, 0.99):F3}, max {times[^1]:F2}; {allocated / times.Length} B/req with the client's"));
        foreach (RpcLoadClient client in clients) client.Dispose();
    }

    private static Task RoundAsync(RpcLoadClient[] clients, TimeSpan duration)
    {
        long until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        return Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(until))));
    }

    private static double At(double[] ordered, double quantile) => ordered[(int)((ordered.Length - 1) * quantile)];
}
