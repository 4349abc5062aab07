using System.CommandLine;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Terminal;
using Phala.Terminal.Keys;
using Phala.Trie;

namespace Phala.Cli.Chain;

/// <summary>The options of commands that talk to a chain.</summary>
internal sealed class ChainOptions
{
    private readonly Option<Uri> _node = AddressOption.One("--node", "The node's JSON-RPC.", "ws://127.0.0.1:9944");
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_node);
        command.Options.Add(_json);
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson(ParseResult line) => line.GetValue(_json);

    /// <summary>Where the node is.</summary>
    public Uri Node(ParseResult line) => line.GetValue(_node)!;

    /// <summary>Connects and does something; says what went wrong where something does.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> WithChainAsync(ParseResult line, Func<ChainClient, Task<int>> work, CancellationToken stop) => WithChainAsync(line, null, work, stop);

    /// <summary>Connects to a chain that begins with a block, and does something; says what went wrong where something does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WithChainAsync(ParseResult line, Hash256? genesis, Func<ChainClient, Task<int>> work, CancellationToken stop)
    {
        try
        {
            ClientResult<ChainClient> connected = await ChainClient.ConnectAsync(Node(line), new ClientOptions { Genesis = genesis }, stop).ConfigureAwait(false);
            if (!connected.TryGet(out ChainClient? chain, out ClientFailure? failure))
            {
                string hint = failure.Error == ClientError.Unreachable ? " ('phala dev' starts a network of its own.)" : "";
                return Failure.Report(line, $"error: {failure.Message}{hint}");
            }

            await using (chain.ConfigureAwait(false)) return await work(chain).ConfigureAwait(false);
        }
        catch (ClientException exception)
        {
            return Failure.Report(line, $"error: {exception.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
