using System.CommandLine;
using Phala.Cli.Dev;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Terminal;

namespace Phala.Cli.Attack;

/// <summary><c>phala attack</c>: lets everybody watch the defence work. Each attack is run for real, from the relayer's or the host's place, against a network that is started for it.</summary>
internal static class AttackCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("attack", "Attacks a network of its own from the relayer's or the host's place. Exit code 0 if everything was refused, 2 if not.")
    {
        Of("replay", "Sends a command that is on the chain once more, as its sender and as somebody else; and a worker's old session.", ReplayAttack.RunAsync),
        Of("reorder", "Feeds a worker entries of the queue in another order, twice, and with gaps.", ReorderAttack.RunAsync),
        Of("tamper", "Feeds a worker changed headers, justifications, proofs, entries and messages.", TamperAttack.RunAsync),
        Of("stale-clone", "Copies a worker with its keys, starts the copy, and lets the stopped clock of the old one answer.", CloneAttack.RunAsync),
        Of("modified-worker", "Changes one byte of a worker's program and asks for admission.", ModifiedWorkerAttack.RunAsync),
    };

    private static Command Of(string name, string description, Func<DevNetwork, AttackReport, CancellationToken, Task> attack)
    {
        Option<bool> json = new("--json") { Description = "Print JSON, an object a line: steps, attempts, and how it ended." };
        Command command = new(name, description) { json };
        command.SetAction((line, stop) => RunAsync(attack, new Transcript(line.InvocationConfiguration.Output, line.GetValue(json)), line.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> RunAsync(Func<DevNetwork, AttackReport, CancellationToken, Task> attack, Transcript transcript, TextWriter errors, CancellationToken stop)
    {
        AttackReport report = new(transcript);
        try
        {
            await report.SayAsync("Starting a network to attack.").ConfigureAwait(false);
            DevNetwork network = await DevNetwork.StartAsync(new DevOptions(2, 1000, null, IsOnce: true), new DevStages(Transcript.None, TimeProvider.System), stop).ConfigureAwait(false);
            await using (network.ConfigureAwait(false))
            {
                await attack(network, report, stop).ConfigureAwait(false);
            }

            await transcript.NoteAsync("end", ("isDefended", report.IsDefended)).ConfigureAwait(false);
            await transcript.SayAsync(report.IsDefended ? "\nNothing got through." : "\nSomething got through.").ConfigureAwait(false);
            return report.IsDefended ? ExitCode.Good : ExitCode.Refused;
        }
        catch (SetupException problem)
        {
            await errors.WriteLineAsync(PlainText.Lines($"error: {problem.Message}")).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (ClientException problem)
        {
            await errors.WriteLineAsync(PlainText.Lines($"error: {problem.Message}")).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
