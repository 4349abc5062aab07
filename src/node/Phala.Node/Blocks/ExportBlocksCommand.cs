using System.CommandLine;
using Phala.Chain;
using Phala.Node.Host;
using Phala.Node.Options;
using Phala.Node.Storage;
using Phala.Runtime;
using Phala.Terminal;
using Phala.Terminal.Keys;
using Phala.Trie;
using Scale = Phala.Codec.Scale;

namespace Phala.Node.Blocks;

/// <summary><c>phala-node export-blocks</c></summary>
internal static class ExportBlocksCommand
{
    public static Command Create()
    {
        ChainOptions chain = new();
        Argument<FileInfo?> file = new("file") { Description = "The file; standard output where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        Option<uint> from = new("--from") { Description = "The first block.", DefaultValueFactory = _ => 1 };
        Option<uint?> to = new("--to") { Description = "The last block. [default: the best]" };
        Option<bool> binary = new("--binary") { Description = "Write the binary form instead of JSON." };
        Command command = new("export-blocks", "Writes blocks with their justifications to a file that import-blocks reads, here and in Substrate's nodes. The node must not be running.") { file, from, to, binary };
        chain.AddTo(command);
        command.SetAction((line, stop) => Task.Run(
            () => Open(line, chain.Read(line), line.GetValue(file), line.GetValue(binary), line.GetValue(from), line.GetValue(to), stop), CancellationToken.None));
        return command;
    }

    private static int Open(ParseResult line, NodeOptions options, FileInfo? file, bool isBinary, uint from, uint? to, CancellationToken stop)
    {
        if (!ChainOptions.TryOpen(options, new PhalaRuntime(), out ChainStore? store, out string? problem)) return Failure.Report(line, $"error: {problem}");
        using (store)
        {
            uint last = to ?? store.Best.Number;
            if (last > store.Best.Number) return Failure.Report(line, $"error: the chain ends at block {store.Best.Number}, before --to {last}.");
            if (from > last) return Failure.Report(line, $"error: there are no blocks from {from} to {last}.");
            try
            {
                problem = file is null ? WriteAll(line, store, Console.OpenStandardOutput(), isBinary, from, last, stop) : WriteFile(line, store, file, isBinary, from, last, stop);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StorageException)
            {
                problem = $"the blocks can't be written: {exception.Message}";
            }
        }

        return problem is null ? 0 : Failure.Report(line, $"error: {problem}");
    }

    /// <summary>The file is there wholly or not at all.</summary>
    private static string? WriteFile(ParseResult line, ChainStore store, FileInfo file, bool isBinary, uint from, uint last, CancellationToken stop)
    {
        string unfinished = file.FullName + ".part";
        string? problem = null;
        try
        {
            using (FileStream output = new(unfinished, FileMode.Create)) problem = WriteAll(line, store, output, isBinary, from, last, stop);
            if (problem is null) File.Move(unfinished, file.FullName, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        if (problem is null) line.InvocationConfiguration.Error.WriteLine($"Exported blocks #{from} to #{last} to {file.FullName}.");
        return problem;
    }

    private static string? WriteAll(ParseResult line, ChainStore store, Stream output, bool isBinary, uint from, uint last, CancellationToken stop)
    {
        using BufferedStream buffered = new(output, 1 << 16);
        using ProgressBar bar = ProgressBar.OnError(line.InvocationConfiguration.Error);
        BlockFileWriter writer = new(buffered, isBinary);
        writer.Begin(last - from + 1ul);
        for (ulong number = from; number <= last; number++)
        {
            if (stop.IsCancellationRequested) return $"stopped before block {number}.";
            if (!store.TryGetHash((uint)number, out Hash256 hash) || !store.TryGetHeader(hash, out byte[]? header)) return $"block {number} is not there.";
            if (!store.TryGetBody(hash, out byte[][]? body) || body is null) return $"the extrinsics of block {number} were pruned.";
            store.TryGetJustification(hash, out byte[]? justification);
            writer.Write(Scale.Decode<Header>(header).Value, body, justification);
            bar.Report("Exporting blocks", (long)(number - from + 1), last - from + 1L);
        }

        return null;
    }
}
