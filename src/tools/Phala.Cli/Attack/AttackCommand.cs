using System.CommandLine;
using Phala.Cli.Dev;
using Phala.Cli.Output;
using Phala.Client;

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
        Command command = new(name, description);
        command.SetAction((line, stop) => RunAsync(attack, line.InvocationConfiguration, stop));
        return command;
    }

    private static async Task<int> RunAsync(Func<DevNetwork, AttackReport, CancellationToken, Task> attack, InvocationConfiguration console, CancellationToken stop)
    {
        TextWriter output = console.Output;
        AttackReport report = new(output);
        try
        {
            await output.WriteLineAsync("Starting a network to attack.").ConfigureAwait(false);
            DevNetwork network = await DevNetwork.StartAsync(new DevOptions(2, 1000, null, IsOnce: true), new DevStages(TextWriter.Null, TimeProvider.System), stop).ConfigureAwait(false);
            await using (network.ConfigureAwait(false))
            {
                await attack(network, report, stop).ConfigureAwait(false);
            }

            await output.WriteLineAsync(report.IsDefended ? "\nNothing got through." : "\nSomething got through.").ConfigureAwait(false);
            return report.IsDefended ? ExitCode.Good : ExitCode.Refused;
        }
        catch (SetupException problem)
        {
            await console.Error.WriteLineAsync($"error: {problem.Message}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (ClientException problem)
        {
            await console.Error.WriteLineAsync($"error: {problem.Message}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
