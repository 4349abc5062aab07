using System.Diagnostics;
using Phala.Trie;
using Phala.Worker.Attestation;
using Phala.Worker.Boot;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Options;
using Phala.Worker.Sync;

namespace Phala.Worker.Host;

/// <summary>What the worker says of itself.</summary>
internal sealed class WorkerInfo(WorkerCore core, IAttestationProvider attestation, WorkerOptions options)
{
    /// <summary>The newest interface of contracts that the worker knows.</summary>
    public const string InterfaceVersion = "1.2";

    /// <summary>So far the contracts of a cluster are counted for who asks how many there are.</summary>
    public const int CountedContracts = 1024;

    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(WorkerInfo).Assembly.GetName().Version!.ToString(3);

    /// <summary>All of it.</summary>
    public PhactoryInfo Read()
    {
        EngineView view = core.View;
        PhactoryInfo info = new()
        {
            Initialized = view.Known is not null,
            Registered = view.IsRegistered,
            PublicKey = Text(core.Identity.PublicKey.AsSpan()),
            EcdhPublicKey = Text(core.Identity.PublicKey.AsSpan()),
            DevMode = attestation.IsInsecure,
            Gatekeeper = GatekeeperOf(view),
            Version = Version,
            MemoryUsage = Memory(),
            System = SystemOf(view),
            MaxSupportedPinkRuntimeVersion = InterfaceVersion,
            QueryTimeout = (uint)options.QueryTimeout.TotalSeconds,
            Attestation = attestation.Description,
            Measurement = Text(attestation.Measurement.AsSpan()),
            SessionKey = Text(core.Session.SigningKey.AsSpan()),
            SessionEncryptionKey = Text(core.Session.EncryptionKey.AsSpan()),
            LeaseEnd = view.LeaseEnd,
            Serving = view.NotServing is null,
            NotServingReason = view.NotServing ?? "",
        };
        if (attestation.IsInsecure) info.SupportedAttestationMethods.Add("insecure-dev");
        if (view is { Known: { } status, Head: { } head }) Follow(info, status, head);
        return info;
    }

    private static void Follow(PhactoryInfo info, SyncStatus status, LightClient.VerifiedHead head)
    {
        info.GenesisBlockHash = status.Genesis.TryGet(out Hash256 genesis) ? Text(genesis.AsSpan()) : null;
        info.Headernum = head.Block.Number + 1;
        info.StateRoot = Text(head.Header.StateRoot.AsSpan());
        info.CurrentBlockTime = head.ViewTime;
        info.HeadHash = Text(head.Block.Hash.AsSpan());
        info.QueueCount = head.Queue.Count;
        info.AppliedCount = status.Streams.Where(stream => stream.State != StreamState.Ended).Select(stream => stream.Applied.Count).DefaultIfEmpty(0ul).Min();
        info.Blocknum = info.AppliedCount == info.QueueCount ? head.Block.Number + 1 : 0;
        info.PendingMessages = status.Needs.PendingMessages;
    }

    private static GatekeeperStatus GatekeeperOf(EngineView view) => new()
    {
        Role = view.Gatekeeper switch { { IsInOffice: false } => GatekeeperRole.None, { Master: null } => GatekeeperRole.Dummy, _ => GatekeeperRole.Active },
        MasterPublicKey = view.Gatekeeper.Master is { } master ? Text(master.AsSpan()) : "",
    };

    private SystemInfo SystemOf(EngineView view) => new()
    {
        Registered = view.IsRegistered,
        PublicKey = Text(core.Identity.PublicKey.AsSpan()),
        EcdhPublicKey = Text(core.Identity.PublicKey.AsSpan()),
        Gatekeeper = GatekeeperOf(view),
        NumberOfClusters = (ulong)view.Clusters.Count,
        NumberOfContracts = (ulong)view.Clusters.Values.Sum(cluster => cluster.View.CountContracts(CountedContracts)),
    };

    private static MemoryUsage Memory()
    {
        using Process self = Process.GetCurrentProcess();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        return new MemoryUsage
        {
            RustUsed = (ulong)GC.GetTotalMemory(forceFullCollection: false),
            RustPeakUsed = (ulong)memory.HeapSizeBytes,
            TotalPeakUsed = (ulong)self.PeakWorkingSet64,
            Free = (ulong)Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes),
        };
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
