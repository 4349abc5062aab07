using System.CommandLine;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Host;
using Phala.Node.Options;
using Phala.Node.Storage;
using Phala.Runtime;
using Phala.Terminal;
using Phala.Terminal.Keys;

namespace Phala.Node.Blocks;

/// <summary><c>phala-node import-blocks</c></summary>
internal static class ImportBlocksCommand
{
    public static Command Create()
    {
        ChainOptions chain = new();
        Argument<FileInfo?> file = new("file") { Description = "The file; standard input where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> binary = new("--binary") { Description = "The file is in the binary form, as export-blocks --binary writes it, instead of JSON." };
        Option<string> pruning = new("--pruning", "--state-pruning") { Description = "States that are kept: archive, or the last N.", DefaultValueFactory = _ => "256" };
        Command command = new("import-blocks", "Imports blocks from a file, each verified and executed. Known blocks are passed over, so it can be run again after an interruption.") { file, binary, pruning };
        chain.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(pruning) is { } text && !NodeCommand.TryReadPruning(text, out _)) result.AddError("--pruning is archive or the number of states that are kept, such as 256.");
        });
        command.SetAction((line, stop) =>
        {
            NodeCommand.TryReadPruning(line.GetValue(pruning), out uint? states);
            NodeOptions options = chain.Read(line) with { Storage = new StorageOptions { StatePruning = states } };
            return Task.Run(() => Open(line, options, line.GetValue(file), line.GetValue(binary), stop), CancellationToken.None);
        });
        return command;
    }

    private static int Open(ParseResult line, NodeOptions options, FileInfo? file, bool isBinary, CancellationToken stop)
    {
        PhalaRuntime runtime = new();
        Stream input;
        try
        {
            input = file is null ? Console.OpenStandardInput() : file.OpenRead();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failure.Report(line, $"error: {file} can't be read: {exception.Message}");
        }

        using (input)
        {
            if (!ChainOptions.TryReadSpec(options, runtime, out ChainSpec? spec, out string? problem)) return Failure.Report(line, $"error: {problem}");
            if (!ChainOpening.TryOpenStore(options, spec, out ChainStore? store, out problem)) return Failure.Report(line, $"error: {problem}");
            using (store) return Run(line, store, runtime, new BlockFileReader(input, isBinary), stop);
        }
    }

    private static int Run(ParseResult line, ChainStore store, PhalaRuntime runtime, BlockFileReader reader, CancellationToken stop)
    {
        ChainFeed feed = new();
        BlockImport import = new(new BlockImporter(store, runtime, feed, TimeProvider.System), new JustificationImporter(store, feed));
        string? problem;
        using (ProgressBar bar = ProgressBar.OnError(line.InvocationConfiguration.Error))
        {
            try
            {
                problem = import.Run(reader, () => bar.Report("Importing blocks", reader.Count, reader.Expected is { } all ? (long)Math.Min(all, long.MaxValue) : null), stop);
            }
            catch (IOException exception)
            {
                problem = $"the file can't be read on after {reader.Count} blocks: {exception.Message}";
            }
            catch (StorageException exception)
            {
                problem = exception.Failure.ToString();
            }
        }

        line.InvocationConfiguration.Output.WriteLine(
            $"Imported {import.Imported} blocks, {import.Known} were known. Best: #{store.Best.Number} ({store.Best.Hash}), finalized: #{store.Finalized.Number}.");
        return problem is null ? 0 : Failure.Report(line, $"error: {problem}");
    }
}
