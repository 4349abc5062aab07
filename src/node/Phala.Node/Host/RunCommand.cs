using System.CommandLine;
using Microsoft.Extensions.Logging;
using Phala.Node.Options;

namespace Phala.Node.Host;

/// <summary>Runs a node until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>The root of the command tree.</summary>
    public static RootCommand Create()
    {
        NodeCommand options = new();
        RootCommand root = new("The node of a Phala chain. 'phala-node --dev' runs a chain of its own at once, for wallets and clients at ws://127.0.0.1:9944.")
        {
            BuildSpecCommand.Create(),
            PurgeChainCommand.Create(),
        };
        options.AddTo(root);
        root.SetAction((line, cancellation) => RunAsync(options.Read(line), line.InvocationConfiguration.Error, cancellation));
        return root;
    }

    private static async Task<int> RunAsync(NodeOptions options, TextWriter errors, CancellationToken stop)
    {
        using ILoggerFactory? logs = NodeLogs.Create(options);
        if (logs is null) return Report(errors, "--log is a level (error, warn, info, debug, trace, off) or target=level, separated by commas.");
        ILogger log = logs.CreateLogger<NodeHost>();
        try
        {
            (NodeHost? node, string? problem) = await NodeHost.StartAsync(options, logs, TimeProvider.System).ConfigureAwait(false);
            if (node is null) return Report(errors, problem!);
            await using (node.ConfigureAwait(false))
            {
                HostLog.Started(log, node.Spec.Name, node.Store.GenesisHash, node.Store.Best.Number, node.Rpc.EndPoint);
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                HostLog.Stopping(log);
            }

            return 0;
        }
        finally
        {
            if (options.IsTemporary && Directory.Exists(options.BasePath)) Directory.Delete(options.BasePath, recursive: true);
        }
    }

    private static int Report(TextWriter errors, string problem)
    {
        errors.WriteLine($"error: {problem}");
        return 1;
    }
}
