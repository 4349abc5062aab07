using Phala.Chain;
using Phala.Cli.Dev;
using Phala.Cli.Processes;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Transactions;
using Phala.Client.Workers;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Interface.Prpc.Messages;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>A worker of a network, or one that is started beside those.</summary>
/// <param name="Folder">Its data.</param>
/// <param name="Private">Its listener for its operator.</param>
/// <param name="Public">Its listener for everybody.</param>
internal sealed record AddedWorker(string Folder, Uri Private, Uri Public)
{
    private const int UsualPort = 8200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One of the network's own.</summary>
    public static AddedWorker Own(DevNetwork network, int at) => new(Path.Combine(network.Root, $"worker-{at + 1}"), network.Ports.PrivateWorker(at), network.Ports.PublicWorker(at));

    /// <summary>Starts another.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">Its name.</param>
    /// <param name="copied">A worker whose data it is given; null for none.</param>
    public static AddedWorker Start(DevNetwork network, string name, AddedWorker? copied = null)
    {
        HashSet<int> taken = [];
        (int Private, int Public) ports = (FreePort.Near(UsualPort, taken), FreePort.Near(UsualPort + 1, taken));
        string folder = Path.Combine(network.Root, name.Replace(' ', '-'));
        if (copied is not null) Copy(copied.Folder, folder);
        network.Processes.StartWorker(name, network.Programs.Worker, folder, ports);
        return new AddedWorker(folder, new Uri($"http://127.0.0.1:{ports.Private}"), new Uri($"http://127.0.0.1:{ports.Public}"));
    }

    /// <summary>What it says of itself, as soon as it answers.</summary>
    public async Task<PhactoryInfo> InfoAsync(DevNetwork network)
    {
        PhactoryInfo? info = null;
        await TestNetwork.UntilAsync(network, HeadKind.Best, async (_, _) => (await new WorkerClient(network.Http, Private).InfoAsync(Stop)).TryGet(out info, out _));
        return info!;
    }

    /// <summary>Its identity, as soon as it answers.</summary>
    public async Task<Sr25519PublicKey> IdentityAsync(DevNetwork network) => new(Convert.FromHexString((await InfoAsync(network)).PublicKey!));

    /// <summary>Waits until it answers queries, or does so no longer.</summary>
    /// <returns>Why it does not; empty where it does.</returns>
    public async Task<string> ServesAsync(DevNetwork network, bool serves)
    {
        PhactoryInfo? info = null;
        await TestNetwork.UntilAsync(network, HeadKind.Finalized, async (_, _) => (await new WorkerClient(network.Http, Private).InfoAsync(Stop)).TryGet(out info, out _) && info.Serving == serves);
        return info!.NotServingReason;
    }

    /// <summary>Waits until the chain says that it is to be found where it is.</summary>
    public async Task IsNamedAsync(DevNetwork network)
    {
        Sr25519PublicKey identity = await IdentityAsync(network);
        await TestNetwork.UntilAsync(network, HeadKind.Finalized, async (chain, head) =>
            (await chain.Storage.GetAsync(PhalaRegistry.Endpoints, identity, head.Hash(), Stop)).TryGet(out VersionedWorkerEndpoints? endpoints, out _)
            && endpoints is VersionedWorkerEndpoints.V1 { Endpoints: [var only] } && new Uri(only) == Public);
    }

    /// <summary>Makes it a member of the network's cluster: it waits for its endpoint, its operator agrees, and the cluster's owner adds it.</summary>
    public async Task JoinAsync(DevNetwork network, AccountSigner @operator)
    {
        Sr25519PublicKey identity = await IdentityAsync(network);
        await TestNetwork.UntilAsync(network, HeadKind.Finalized, async (chain, head) => await HasEndpointAsync(chain, head, identity));
        await TestNetwork.SendAsync(network, @operator, new PhalaPhatContracts.ConsentToCluster(identity, DevVault.Cluster));
        await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.AddWorkerToCluster(identity, DevVault.Cluster));
    }

    private static async Task<bool> HasEndpointAsync(ChainClient chain, Header head, Sr25519PublicKey identity) =>
        (await chain.Storage.RawAsync(PhalaRegistry.Endpoints.Key(identity), head.Hash(), Stop)).Require() is not null;

    /// <summary>Copies what a worker has on disk, while it runs.</summary>
    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
