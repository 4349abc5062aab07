using Phala.Cli.Dev;
using Phala.Cli.Processes;
using Phala.Client;
using Phala.Client.Sync;
using Phala.Client.Workers;
using Phala.Worker.Interface.Sync;

namespace Phala.Cli.Attack;

/// <summary>A worker that nobody feeds but the attacker.</summary>
internal sealed class Victim
{
    private Victim(WorkerApi api, SyncReader chain, SyncStatus status) => (Api, Chain, Status) = (api, chain, status);

    /// <summary>The worker.</summary>
    public WorkerApi Api { get; }

    /// <summary>What an honest relayer would read.</summary>
    public SyncReader Chain { get; }

    /// <summary>Where it stands.</summary>
    public SyncStatus Status { get; private set; }

    /// <summary>Starts one and begins it.</summary>
    public static async Task<Victim> StartAsync(DevNetwork network, CancellationToken stop)
    {
        HashSet<int> taken = [];
        (int Private, int Public) ports = (FreePort.Near(8100, taken), FreePort.Near(8101, taken));
        network.Processes.StartWorker("victim", network.Programs.Worker, Path.Combine(network.Root, "victim"), ports);
        WorkerApi api = new(new WorkerClient(network.Http, new Uri($"http://127.0.0.1:{ports.Private}")));
        SyncReader chain = new(network.Chain);
        GenesisInfo genesis = (await chain.GenesisAsync(network.Alice.Account, stop).ConfigureAwait(false)).Require();
        while (true)
        {
            ClientResult<SyncReply> begun = await api.BeginAsync(genesis, stop).ConfigureAwait(false);
            if (begun.TryGet(out SyncReply? reply, out _)) return new Victim(api, chain, reply.Status);
            await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(false);
        }
    }

    /// <summary>What an honest relayer would bring next: the way to the last final block.</summary>
    public async Task<AdvanceRequest> NextAsync(CancellationToken stop) =>
        (await Chain.AdvanceAsync(Status, stop).ConfigureAwait(false)).Require() ?? throw new SetupException("The chain has no newer final block.");

    /// <summary>The hashes of the entries from where the victim stands to where it knows the queue to go.</summary>
    public async Task<EntryHashes> HashesAsync(CancellationToken stop) =>
        (await Chain.HashesAsync(Status.Streams[0].Applied, Status.Queue.Count, stop).ConfigureAwait(false)).Require();

    /// <summary>Entries from where the delivery under way stands.</summary>
    public async Task<EntryBatch> EntriesAsync(CancellationToken stop)
    {
        if (!Status.Delivery.TryGet(out DeliveryStatus? delivery)) throw new SetupException("No delivery is under way.");
        IReadOnlyList<DeliveredEntry> entries = (await Chain.EntriesAsync(delivery.Next - 1, (int)(delivery.To.Count - delivery.Next + 1), delivery.Channels, stop).ConfigureAwait(false)).Require();
        return new EntryBatch(delivery.Next, Codec.Vec.Create<DeliveredEntry>([.. entries]));
    }

    /// <summary>Brings something, and notes where the victim stands then.</summary>
    public async Task<SyncReply> BringAsync(Task<ClientResult<SyncReply>> sending)
    {
        SyncReply reply = (await sending.ConfigureAwait(false)).Require();
        Status = reply.Status;
        return reply;
    }

    /// <summary>Brings something that should be refused, without moving the victim.</summary>
    public async Task TryAsync(string what, Task<ClientResult<SyncReply>> sending, AttackReport report)
    {
        SyncStatus before = Status;
        SyncReply reply = await BringAsync(sending).ConfigureAwait(false);
        bool isUnmoved = reply.Status.Head == before.Head && reply.Status.Queue == before.Queue && reply.Status.Streams == before.Streams;
        await report.AttemptAsync(what, reply.Outcome != SyncOutcome.Taken && isUnmoved, $"{reply.Outcome} {reply.Detail}".TrimEnd()).ConfigureAwait(false);
    }

    /// <summary>Brings all that is honest, and compares where the victim is then.</summary>
    public async Task FinishAsync(AttackReport report, CancellationToken stop)
    {
        await BringAsync(Api.BeginEntriesAsync(await HashesAsync(stop).ConfigureAwait(false), stop)).ConfigureAwait(false);
        while (Status.Delivery.TryGet(out DeliveryStatus? delivery) && delivery.Next <= delivery.To.Count)
        {
            SyncReply reply = await BringAsync(Api.DispatchAsync(await EntriesAsync(stop).ConfigureAwait(false), stop)).ConfigureAwait(false);
            if (reply.Outcome != SyncOutcome.Taken) break;
        }

        bool isThere = Status.Streams[0].Applied == Status.Queue;
        await report.HonestAsync("what an honest relayer brings, afterwards", isThere, $"entry {Status.Streams[0].Applied.Count} of {Status.Queue.Count} applied, on the honest history").ConfigureAwait(false);
    }
}
