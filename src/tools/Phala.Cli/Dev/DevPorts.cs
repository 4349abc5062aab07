using Phala.Cli.Processes;

namespace Phala.Cli.Dev;

/// <summary>Where the programs of a development network listen: the usual ports, or free ones where those are in use or nobody looks for it.</summary>
internal sealed record DevPorts(int NodeRpc, int NodePeers, int NodeMetrics, int RelayerMetrics, IReadOnlyList<(int Private, int Public)> Workers)
{
    private const int UsualRpc = 9944, UsualPeers = 30333, UsualNodeMetrics = 9615, UsualRelayerMetrics = 9616, UsualWorker = 8000;

    /// <summary>The node's JSON-RPC.</summary>
    public Uri Node => new($"ws://127.0.0.1:{NodeRpc}");

    /// <summary>Chooses.</summary>
    /// <param name="workers">How many workers there are.</param>
    /// <param name="areUsual">Whether somebody may look for the network at the usual ports.</param>
    public static DevPorts Choose(int workers, bool areUsual)
    {
        HashSet<int> taken = [];
        return new DevPorts(
            Port(UsualRpc), Port(UsualPeers), Port(UsualNodeMetrics), Port(UsualRelayerMetrics), [.. Enumerable.Range(0, workers).Select(at => (Port(UsualWorker + (2 * at)), Port(UsualWorker + (2 * at) + 1)))]);

        int Port(int usual) => areUsual ? FreePort.Near(usual, taken) : FreePort.Any(taken);
    }

    /// <summary>A worker's listener for its operator and the relayer.</summary>
    public Uri PrivateWorker(int at) => new($"http://127.0.0.1:{Workers[at].Private}");

    /// <summary>A worker's listener for everybody.</summary>
    public Uri PublicWorker(int at) => new($"http://127.0.0.1:{Workers[at].Public}");
}
