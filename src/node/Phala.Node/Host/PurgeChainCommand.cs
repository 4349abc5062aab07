using System.CommandLine;
using Phala.Node.ChainSpecs;
using Phala.Node.Options;
using Phala.Runtime;
using Phala.Terminal.Keys;

namespace Phala.Node.Host;

/// <summary><c>phala-node purge-chain</c></summary>
internal static class PurgeChainCommand
{
    public static Command Create(TextReader answers)
    {
        ChainOptions chain = new();
        Option<bool> yes = new("--yes", "-y") { Description = "Do not ask." };
        Command command = new("purge-chain", "Removes a chain's blocks and state. Keys and the node's identity stay.") { yes };
        chain.AddTo(command);
        command.SetAction(line => Run(chain.Read(line), line.GetValue(yes) ? null : answers, line));
        return command;
    }

    private static int Run(NodeOptions options, TextReader? answers, ParseResult line)
    {
        // A kept specification that is damaged must not stand in the way of its removal.
        InvocationConfiguration console = line.InvocationConfiguration;
        if (!TryFindFolder(options, out string folder, out string? problem)) return Failure.Report(line, $"error: {problem}");
        string database = Path.Combine(folder, "db");
        if (!Directory.Exists(database))
        {
            console.Output.WriteLine($"There is nothing at {database}.");
            return 0;
        }

        if (answers is not null)
        {
            console.Output.Write($"Remove {database}? [y/N] ");
            if (answers.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            {
                console.Output.WriteLine("Nothing is removed.");
                return 1;
            }
        }

        return Remove(folder, database, line);
    }

    private static int Remove(string folder, string database, ParseResult line)
    {
        try
        {
            // A node that runs would go on writing into nowhere.
            using (IDisposable? held = new Storage.Files.DiskFileSystem().TryLock(Path.Combine(database, Storage.Opening.LockName)))
            {
                if (held is null) return Failure.Report(line, $"error: {database} is in use. Stop the node first.");
            }

            Directory.Delete(database, recursive: true);
            File.Delete(KeptSpec.PathIn(folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failure.Report(line, $"error: {database} can't be removed: {exception.Message}");
        }

        line.InvocationConfiguration.Output.WriteLine($"Removed {database}.");
        return 0;
    }

    private static bool TryFindFolder(NodeOptions options, out string folder, out string? problem)
    {
        folder = "";
        problem = null;
        PhalaRuntime runtime = new();
        if (BuiltInChain.Names.Contains(options.Chain))
        {
            folder = ChainOpening.FolderOf(options, BuiltInChain.Spec(options.Chain, BuiltInChain.Genesis(options.Chain, slotDuration: null), runtime.LightCode));
            return true;
        }

        if (!ChainOptions.TryReadSpec(options, runtime, out ChainSpec? spec, out problem)) return false;
        folder = ChainOpening.FolderOf(options, spec);
        return true;
    }
}
