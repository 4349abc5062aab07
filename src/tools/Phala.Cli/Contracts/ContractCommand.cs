using System.CommandLine;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract</c>: contracts of ink!, by their files.</summary>
internal static class ContractCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("contract", "Contracts built with ink!: brings them to a cluster, calls and asks them, by the names and types of their .contract files.")
    {
        UploadCommand.Create(),
        DeployCommand.Create(),
        CallCommand.Create(),
        AskCommand.Create(),
        InfoCommand.Create(),
        CodeCommand.Create(),
        LogsCommand.Create(),
    };
}
