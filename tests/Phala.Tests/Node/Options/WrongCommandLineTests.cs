using System.CommandLine;
using Phala.Tests.Node.Host;
using Xunit;

namespace Phala.Tests.Node.Options;

/// <summary>What is wrong with a command line is the last thing that stands in the terminal.</summary>
public sealed class WrongCommandLineTests
{
    [Theory]
    [InlineData("Unrecognized command or argument '--nonsense'.", "", "--nonsense")]
    [InlineData("Option '--key-type' is required.", " key insert", "key", "insert", "--suri", "//Alice")]
    [InlineData("Unrecognized command or argument 'extrinsics'.", " inspect", "inspect", "extrinsics")]
    public void AWrongOneIsToldInShort(string expected, string command, params string[] arguments)
    {
        (int code, string output, string error) = CommandRun.Run(arguments);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.EndsWith($"'{RootCommand.ExecutableName}{command} --help' tells what there is.\n", error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("Options:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ACommandThatNeedsAnotherShowsThem()
    {
        (int code, string output, string error) = CommandRun.Run("inspect");
        Assert.Equal(1, code);
        Assert.Contains("Required command was not provided.", error, StringComparison.Ordinal);
        Assert.Contains("justification <input>", output, StringComparison.Ordinal);
    }
}
