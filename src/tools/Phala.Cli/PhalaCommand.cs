using System.CommandLine;
using Phala.Terminal.Keys;

namespace Phala.Cli;

/// <summary>The tool's commands, all in one place.</summary>
public static class PhalaCommand
{
    /// <summary>The root of the command tree.</summary>
    public static RootCommand Create() => new("Phala: trustless confidential computing. This version handles keys.")
    {
        new Command("key", "Makes and inspects keys, signs messages and verifies signatures. Works without a network.")
        {
            GenerateKeyCommand.Create(),
            InspectKeyCommand.Create(),
            SignCommand.Create(),
            VerifyCommand.Create(),
        },
    };
}
