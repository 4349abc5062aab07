using Phala.Cli.Dev;
using Phala.Cli.Processes;
using Phala.Client;
using Phala.Client.Sync;
using Phala.Client.Transactions;
using Phala.Client.Workers;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Worker.Interface.Sync;

namespace Phala.Cli.Attack;

/// <summary>A worker whose program was changed asks for admission.</summary>
internal static class ModifiedWorkerAttack
{
    /// <summary>Runs it.</summary>
    public static async Task RunAsync(DevNetwork network, AttackReport report, CancellationToken stop)
    {
        string program = Copy(network);
        byte[] honest = await ProgramMeasurement.OfAsync(network.Programs.Worker, stop).ConfigureAwait(false), changed = await ProgramMeasurement.OfAsync(program, stop).ConfigureAwait(false);
        await report.SayAsync($"One byte is added to a file of the worker's program.\n  measured before: {Hex.Format(honest)}\n  measured now:    {Hex.Format(changed)}").ConfigureAwait(false);

        HashSet<int> taken = [];
        (int Private, int Public) ports = (FreePort.Near(8120, taken), FreePort.Near(8121, taken));
        network.Processes.StartWorker("modified worker", program, Path.Combine(network.Root, "modified"), ports);
        WorkerApi worker = new(new WorkerClient(network.Http, new Uri($"http://127.0.0.1:{ports.Private}")));
        Registration registration = await RegistrationAsync(network, worker, stop).ConfigureAwait(false);
        using AccountSigner eve = AccountSigner.Development("Eve");
        ClientResult<TransactionResult> sent = await network.Chain.Transactions.SendAsync(eve, new PhalaRegistry.RegisterWorkerV2(registration.Info, registration.Attestation), stop: stop).ConfigureAwait(false);
        string answer = sent.TryGet(out TransactionResult? result, out ClientFailure? failure) ? result.ErrorName ?? "it is registered" : failure.ToString();
        await report.AttemptAsync("its registration", result?.IsSuccess != true, answer).ConfigureAwait(false);
        await report.SayAsync("\n(Here nothing vouches for a measurement: on real hardware it is the processor that measures and signs.)").ConfigureAwait(false);
    }

    private static string Copy(DevNetwork network)
    {
        string source = Path.GetDirectoryName(network.Programs.Worker)!, copy = Path.Combine(network.Root, "modified-program");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        File.AppendAllText(Path.Combine(copy, "pruntime.runtimeconfig.json"), "\n");
        return Path.Combine(copy, Path.GetFileName(network.Programs.Worker));
    }

    private static async Task<Registration> RegistrationAsync(DevNetwork network, WorkerApi worker, CancellationToken stop)
    {
        SyncReader chain = new(network.Chain);
        GenesisInfo genesis = (await chain.GenesisAsync(network.Alice.Account, stop).ConfigureAwait(false)).Require();
        while (!(await worker.BeginAsync(genesis, stop).ConfigureAwait(false)).IsOk) await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(false);
        return (await worker.RegistrationAsync(stop).ConfigureAwait(false)).Require();
    }
}
