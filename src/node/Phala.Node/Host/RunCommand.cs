using System.CommandLine;
using Microsoft.Extensions.Logging;
using Phala.Node.Blocks;
using Phala.Node.Inspect;
using Phala.Node.Options;
using Phala.Terminal;

namespace Phala.Node.Host;

/// <summary>Runs a node until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>The root of the command tree.</summary>
    /// <param name="answers">What the user says where a command asks.</param>
    public static RootCommand Create(TextReader answers)
    {
        NodeCommand options = new();
        RootCommand root = new("The node of a Phala chain. 'phala-node --dev' runs a chain of its own at once, for wallets and clients at ws://127.0.0.1:9944.")
        {
            BuildSpecCommand.Create(),
            ExportBlocksCommand.Create(),
            ImportBlocksCommand.Create(),
            CheckBlockCommand.Create(),
            PurgeChainCommand.Create(answers),
            KeyCommand.Create(),
            InspectCommand.Create(),
        };
        options.AddTo(root);
        root.SetAction((line, cancellation) => RunAsync(options, line, cancellation));
        return root;
    }

    private static async Task<int> RunAsync(NodeCommand command, ParseResult line, CancellationToken stop)
    {
        TextWriter errors = line.InvocationConfiguration.Error;
        if (command.TryRead(line, out NodeOptions? options) is { } wrong) return Report(errors, wrong);
        try
        {
            using ILoggerFactory? logs = NodeLogs.Create(options!);
            return logs is null
                ? Report(errors, "--log is a level (error, warn, info, debug, trace, off) or target=level, separated by commas.")
                : await RunUntilInputEndsAsync(options!, logs, errors, stop).ConfigureAwait(false);
        }
        finally
        {
            if (options!.IsTemporary && Directory.Exists(options.BasePath)) Directory.Delete(options.BasePath, recursive: true);
        }
    }

    private static async Task<int> RunUntilInputEndsAsync(NodeOptions options, ILoggerFactory logs, TextWriter errors, CancellationToken stop)
    {
        if (!options.StopsWithInput) return await RunAsync(options, logs, errors, stop).ConfigureAwait(false);
        using CancellationTokenSource ended = StandardInput.WhenEnded(Console.OpenStandardInput(), stop);
        return await RunAsync(options, logs, errors, ended.Token).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(NodeOptions options, ILoggerFactory logs, TextWriter errors, CancellationToken stop)
    {
        ILogger log = logs.CreateLogger<NodeHost>();
        HostLog.Begins(log, NodeHost.Version, options.Chain, options.IsValidator ? "AUTHORITY" : "FULL", options.Name);
        HostLog.Database(log, options.BasePath);
        (NodeHost? node, string? problem) = await NodeHost.StartAsync(options, logs, TimeProvider.System).ConfigureAwait(false);
        if (node is null) return Report(errors, problem!);
        await using (node.ConfigureAwait(false))
        {
            HostLog.Started(log, node.Spec.Name, node.Store.GenesisHash, node.Store.Best.Number, node.Rpc.EndPoint);
            await Task.WhenAny(node.Failure, Task.Delay(Timeout.Infinite, stop)).ConfigureAwait(false);
            if (node.Failure.IsCompletedSuccessfully) return Report(errors, await node.Failure.ConfigureAwait(false));
            HostLog.Stopping(log);
        }

        return 0;
    }

    private static int Report(TextWriter errors, string problem)
    {
        errors.WriteLine($"error: {problem}");
        return 1;
    }
}
