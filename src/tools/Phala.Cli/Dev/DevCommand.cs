using System.CommandLine;
using System.Globalization;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Terminal;

namespace Phala.Cli.Dev;

/// <summary><c>phala dev</c>: the whole network in one command.</summary>
internal static class DevCommand
{
    private const int MostWorkers = 8;
    private const ulong ShortestBlock = 100, LongestBlock = 60_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> once = new("--once") { Description = "End after the demonstration: exit code 0 if everything was as it should be." };
        Option<int> workers = new("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 2 };
        Option<ulong> block = new("--block-millisecs") { Description = "The length of a slot in milliseconds.", DefaultValueFactory = _ => 1000 };
        Option<string?> basePath = new("--base-path", "-d") { Description = "The folder for everybody's data; a second start goes on there. [default: one that is thrown away]" };
        Option<bool> json = new("--json") { Description = "Print JSON, an object a line: stages, the demonstration's commands and queries, addresses, status, and how it ended." };
        Command command = new("dev", "Runs a whole network: node, relayer, workers, a cluster with a vault; shows what it does; stays until Ctrl-C.") { once, workers, block, basePath, json };
        workers.Within(1, MostWorkers);
        block.Within(ShortestBlock, LongestBlock);
        command.SetAction((line, stop) =>
            RunAsync(new DevOptions(line.GetValue(workers), line.GetValue(block), line.GetValue(basePath), line.GetValue(once)), new Transcript(line.InvocationConfiguration.Output, line.GetValue(json)), line.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> RunAsync(DevOptions options, Transcript transcript, TextWriter errors, CancellationToken stop)
    {
        DevStages stages = new(transcript, TimeProvider.System);
        try
        {
            await transcript.SayAsync("Starting a development network. Its keys are known to everybody, and nothing vouches for its workers.").ConfigureAwait(false);
            DevNetwork network = await DevNetwork.StartAsync(options, stages, stop).ConfigureAwait(false);
            await using (network.ConfigureAwait(false))
            {
                double seconds = stages.Elapsed.TotalSeconds;
                await transcript.SayAsync(string.Create(CultureInfo.InvariantCulture, $"Ready after {seconds:F1} s.\n")).ConfigureAwait(false);
                await transcript.NoteAsync("ready", ("seconds", Math.Round(seconds, 3))).ConfigureAwait(false);
                bool isAsItShouldBe = await new Demonstration(network, transcript).RunAsync(stop).ConfigureAwait(false);
                if (!options.IsOnce) await new DevStatus(network, transcript).ShowAsync(stop).ConfigureAwait(false);
                await transcript.NoteAsync("end", ("isGood", isAsItShouldBe)).ConfigureAwait(false);
                return isAsItShouldBe ? ExitCode.Good : ExitCode.Failed;
            }
        }
        catch (Exception problem) when (problem is SetupException or ClientException)
        {
            if (await IsInterruptedAsync(stop).ConfigureAwait(false)) return ExitCode.Interrupted;
            await errors.WriteLineAsync(PlainText.Lines($"error: {problem.Message}")).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Whether Ctrl-C is why something failed: it reaches every process of the terminal, and a program that was started may end before this one is told.</summary>
    private static async Task<bool> IsInterruptedAsync(CancellationToken stop)
    {
        await Task.Delay(DevProcesses.InterruptSpread, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stop.IsCancellationRequested;
    }
}
