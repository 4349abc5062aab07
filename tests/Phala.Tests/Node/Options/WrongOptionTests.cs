using System.CommandLine;
using Phala.Node.Host;
using Phala.Tests.Node.Host;
using Xunit;

namespace Phala.Tests.Node.Options;

/// <summary>What is typed wrongly is told, and nothing is begun.</summary>
public sealed class WrongOptionTests
{
    [Theory]
    [InlineData("--pruning is archive or the number", "--pruning", "many")]
    [InlineData("--pruning is archive or the number", "--pruning", "0")]
    [InlineData("--block-millisecs is a number from 1 to 86400000", "--block-millisecs", "0")]
    [InlineData("--block-millisecs is a number from 1 to 86400000", "--block-millisecs", "18446744073709551615")]
    [InlineData("--in-peers is a number from 0", "--in-peers", "-1")]
    [InlineData("--base-path is empty", "--base-path", "")]
    [InlineData("--rpc-port is a number from 0 to 65535", "--rpc-port", "65536")]
    [InlineData("--rpc-port is a number from 0 to 65535", "--rpc-port", "-1")]
    [InlineData("--rpc-max-request-size is a number from 1 to 1024", "--rpc-max-request-size", "2048")]
    [InlineData("--rpc-max-connections is a number from 1", "--rpc-max-connections", "0")]
    [InlineData("--rpc-rate-limit is at least 1", "--rpc-rate-limit", "0")]
    [InlineData("--tmp throws the data away", "--tmp", "--base-path", "x")]
    [InlineData("--loud", "--loud")]
    [InlineData("neither a built-in chain (dev, local) nor a file", "--chain", "no-such")]
    [InlineData("--block-millisecs is for built-in chains", "--chain", "no-such", "--block-millisecs", "5")]
    [InlineData("--log is a level", "--log", "loud", "--tmp")]
    [InlineData("Give one of --password", "--password", "x", "--password-interactive")]
    [InlineData("can't be read", "--password-filename", "no-such")]
    [InlineData("--pruning is archive", "import-blocks", "--pruning", "x")]
    [InlineData("--set-id and --authorities belong together", "inspect", "justification", "--set-id", "1", "0x00")]
    [InlineData("--state-version is 0 or 1", "inspect", "spec", "dev", "--state-version", "2")]
    [InlineData("can't be read", "import-blocks", "no-such")]
    public void IsNamed(string expected, params string[] arguments)
    {
        (int code, _, string error) = CommandRun.Run(arguments);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCommandAndOptionSaysWhatItIsFor()
    {
        List<Symbol> silent = [];
        Stack<Command> commands = new([RunCommand.Create(TextReader.Null)]);
        int seen = 0;
        while (commands.TryPop(out Command? command))
        {
            seen++;
            foreach (Command below in command.Subcommands) commands.Push(below);
            silent.AddRange(((IEnumerable<Symbol>)[command, .. command.Options, .. command.Arguments]).Where(symbol => string.IsNullOrWhiteSpace(symbol.Description)));
        }

        Assert.Empty(silent.Select(symbol => symbol.Name));
        Assert.True(seen >= 18, $"{seen} commands");
    }
}
