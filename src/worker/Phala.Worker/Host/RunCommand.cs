using System.CommandLine;
using Microsoft.Extensions.Logging;
using Phala.Worker.Attestation;
using Phala.Worker.Options;

namespace Phala.Worker.Host;

/// <summary>Runs a worker until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>The root of the command tree.</summary>
    /// <param name="openInput">Opens what the worker ends with, where it is to end with its input.</param>
    public static RootCommand Create(Func<Stream> openInput)
    {
        WorkerCommand options = new();
        RootCommand root = new("A worker of a Phala network: verifies the chain's queue, executes confidential contracts, answers queries.") { MeasurementCommand.Create() };
        options.AddTo(root);
        root.SetAction((line, stop) => RunAsync(options, line, openInput, stop));
        return root;
    }

    private static async Task<int> RunAsync(WorkerCommand command, ParseResult line, Func<Stream> openInput, CancellationToken stop)
    {
        // Signals are listened to when the action has returned its task: not a moment later than anything can be seen of the worker.
        await Task.Yield();
        TextWriter errors = line.InvocationConfiguration.Error;
        if (!command.IsInsecureDev(line))
        {
            return ExitCodes.Report(
                errors, "This program knows no hardware that would vouch for it. For development, --insecure-dev-attestation runs it all the same: whoever has the machine can then read everything.", ExitCodes.Failed);
        }

        using ILoggerFactory logs = WorkerLogs.Create(command.LogLevelOf(line), command.LogFormatOf(line), errors, TimeProvider.System);
        (WorkerHost? worker, WorkerProblem? problem) = await WorkerHost.StartAsync(command.Read(line), new InsecureDevAttestation(ProgramMeasurement.OfThisProgram()), logs, TimeProvider.System).ConfigureAwait(false);
        if (worker is null) return ExitCodes.Report(errors, problem!.Words, problem.ExitCode);
        await using (worker.ConfigureAwait(false))
        {
            ILogger log = logs.CreateLogger<WorkerHost>();
            Task input = command.StopsWithInput(line) ? EndOfAsync(openInput, stop) : Task.Delay(Timeout.Infinite, stop);
            await Task.WhenAny(input, worker.Stopped, Task.Delay(Timeout.Infinite, stop)).ConfigureAwait(false);
            HostLog.Stopping(log);
        }

        return worker.Failure is { } failure ? ExitCodes.Report(errors, failure, ExitCodes.Failed) : ExitCodes.Done;
    }

    /// <summary>Completes when a stream has ended, or can't be read.</summary>
    private static async Task EndOfAsync(Func<Stream> open, CancellationToken stop)
    {
        byte[] buffer = new byte[256];
        try
        {
            using Stream input = open();
            while (await input.ReadAsync(buffer, stop).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // An input that can't be read has ended.
        }
    }
}
