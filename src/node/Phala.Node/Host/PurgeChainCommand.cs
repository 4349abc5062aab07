using System.CommandLine;
using Phala.Node.ChainSpecs;
using Phala.Node.Options;
using Phala.Runtime;

namespace Phala.Node.Host;

/// <summary><c>phala-node purge-chain</c></summary>
internal static class PurgeChainCommand
{
    public static Command Create()
    {
        Option<string> chain = new("--chain") { Description = "The chain: dev, local, or a file with a chain specification.", DefaultValueFactory = _ => "dev" };
        Option<string> basePath = new("--base-path", "-d") { Description = "The folder for the chain's data.", Required = true };
        Option<bool> yes = new("--yes", "-y") { Description = "Do not ask." };
        Command command = new("purge-chain", "Removes a chain's blocks and state. Keys stay.") { chain, basePath, yes };
        command.SetAction(line => Run(new NodeOptions { Chain = line.GetValue(chain)!, BasePath = line.GetValue(basePath)! }, line.GetValue(yes), line.InvocationConfiguration));
        return command;
    }

    private static int Run(NodeOptions options, bool yes, InvocationConfiguration console)
    {
        if (!new ChainOpening(new PhalaRuntime().LightCode).TryReadSpec(options, out ChainSpec? spec, out string? problem))
        {
            console.Error.WriteLine($"error: {problem}");
            return 1;
        }

        string folder = Path.Combine(ChainOpening.FolderOf(options, spec), "db");
        if (!Directory.Exists(folder))
        {
            console.Output.WriteLine($"There is nothing at {folder}.");
            return 0;
        }

        if (!yes)
        {
            console.Output.Write($"Remove {folder}? [y/N] ");
            if (Console.In.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes")) return 1;
        }

        Directory.Delete(folder, recursive: true);
        console.Output.WriteLine($"Removed {folder}.");
        return 0;
    }
}
