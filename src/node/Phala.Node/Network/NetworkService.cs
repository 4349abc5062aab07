using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging;
using Phala.Node.Consensus;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Noise;
using Phala.Node.Network.Notifications;
using Phala.Node.Network.Peers;
using Phala.Node.Network.Protocols;
using Phala.Node.Network.Requests;
using Phala.Node.Network.Transport;
using Phala.Node.Rpc.Methods;
using Phala.Trie;

namespace Phala.Node.Network;

/// <summary>The node as its peers see it: it takes connections, answers questions for blocks and proofs, tells of new and of final blocks, and takes transactions.</summary>
/// <remarks>
/// <para><b>Concept.</b> Layers of streams: TCP, WebSocket where the peer asks for it, noise, yamux, and on each of its streams one protocol. Light clients of the kind of
/// smoldot sync with it from the chain's raw specification alone.</para>
/// <para><b>Invariant.</b> Whatever a peer sends, it costs this node a bounded part of its memory and time, and at worst the connection.</para>
/// <para><b>Trust.</b> Nobody has to believe this node: headers are sealed, finality is signed, and state is proved. This node believes its peers nothing but who they are.</para>
/// </remarks>
public sealed class NetworkService : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly NetworkContext _context;
    private readonly PeerId _self;
    private readonly PeerSet _peers = new();
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);
    private readonly List<Listener> _listeners = [];
    private readonly IReadOnlyList<Multiaddress> _public;
    private readonly Admission _admission;
    private readonly BlockAnnounces _announces;
    private readonly FinalityGossip _finality;
    private readonly PeerServer _server;
    private readonly ConnectionSet _connections = new();
    private Task _working = Task.CompletedTask;

    private NetworkService(NetworkOptions options, NetworkContext context, IReadOnlyList<Multiaddress> publicAddresses, ILogger log)
    {
        (_context, _public) = (context, publicAddresses);
        _self = PeerId.Of(context.Identity.PublicKey);
        _admission = new Admission(options.MaxConnections, options.MaxConnectionsPerAddress);
        Hash256 genesis = context.Store.GenesisHash;
        PeerRole role = context.IsAuthority ? PeerRole.Authority : PeerRole.Full;
        string NameOf(string name) => ProtocolTable.NameOf(genesis, name);
        NotificationProtocol Telling(string name, INotificationHandler handler) => new(NameOf(name), handler, options.HandshakeTimeout, log);
        RequestProtocol Answering(string name, IRequestHandler handler) => new(NameOf(name), handler, _turns, options.HandshakeTimeout, log);
        _announces = new BlockAnnounces(context.Store, role, NameOf("block-announces/1"));
        _finality = new FinalityGossip(context.Store, role, NameOf("grandpa/1"));
        ProtocolTable? table = null;
        table = new ProtocolTable(
        [
            new PingProtocol(),
            new IdentifyProtocol(_self, context.Agent, () => Addresses, () => table!.Names),
            Telling("block-announces/1", _announces),
            Telling("transactions/1", new Transactions(context.Pool, role)),
            Telling("grandpa/1", _finality),
            Answering("sync/2", new BlockRequests(context.Store)),
            Answering("sync/warp", new WarpRequests(context.Store)),
            Answering("light/2", new LightRequests(context.Store)),
            Answering("kad", new KademliaRequests()),
        ]);
        _server = new PeerServer(new NoiseUpgrade(context.Identity, context.Entropy), table, _peers, options.HandshakeTimeout, context.Time, log);
    }

    /// <summary>Where it listens, with and without WebSocket, and with its identity.</summary>
    public IReadOnlyList<string> ListenAddresses => [.. Addresses.Select(address => address.ToString())];

    /// <summary>Ends with the network, and before it where what is told to peers fails.</summary>
    public Task Working => _working;

    /// <summary>The peers that follow the chain.</summary>
    public IReadOnlyList<PeerFacts> Peers => [.. _peers.All.Where(peer => peer.Status is not null).Select(Describe)];

    private IReadOnlyList<Multiaddress> Addresses => [.. _public.Concat(_listeners.SelectMany(listener => Reachable(listener.EndPoint))
        .SelectMany(endPoint => (Multiaddress[])[Multiaddress.Of(endPoint, "ws"), Multiaddress.Of(endPoint)])).Select(address => address.With(_self))];

    /// <summary>Begins to take peers. An address that is taken is an <see cref="IOException"/>, and so is one that is none.</summary>
    public static NetworkService Start(NetworkOptions options, NetworkContext context, ILoggerFactory logs)
    {
        ILogger log = logs.CreateLogger<NetworkService>();
        NetworkService network = new(options, context, [.. options.PublicAddresses.Select(Parse)], log);
        try
        {
            foreach (string address in options.Listen)
            {
                IPEndPoint endPoint = Parse(address).EndPoint ?? throw new IOException($"Can't listen on {address}: its host is a name, not an IP address.");
                network._listeners.Add(Listen(endPoint, options.MayTakeOtherPort, log));
            }
        }
        catch
        {
            foreach (Listener listener in network._listeners) listener.Dispose();
            throw;
        }

        network._working = network.RunAsync();
        foreach (Multiaddress address in network.Addresses) NetworkLog.Listening(log, address);
        return network;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (Listener listener in _listeners) listener.Dispose();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connections.WhenEmpty().ConfigureAwait(false);
        _turns.Dispose();
        _stop.Dispose();
    }

    private static Listener Listen(IPEndPoint endPoint, bool mayTakeOther, ILogger log)
    {
        try
        {
            return Listener.Start(endPoint);
        }
        catch (IOException exception) when (mayTakeOther && endPoint.Port != 0)
        {
            NetworkLog.OtherPort(log, exception.Message);
            return Listener.Start(new IPEndPoint(endPoint.Address, 0));
        }
    }

    private static Multiaddress Parse(string text)
    {
        MultiaddressError error = Multiaddress.TryParse(text, out Multiaddress? address);
        return error == MultiaddressError.None ? address! : throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{text} is no address: {error}."));
    }

    private Task RunAsync() =>
        Task.WhenAll([TellAsync(), .. _listeners.Select(listener => listener.RunAsync(_admission, socket => _connections.Track(_server.ServeAsync(socket, _stop.Token)), _stop.Token))]);

    /// <summary>Tells peers what happens to the chain.</summary>
    private async Task TellAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await foreach (ChainUpdate update in _context.Feed.Listen(_stop.Token).ReadAllAsync().ConfigureAwait(false))
            {
                if (update is ChainUpdate.Imported { IsBest: true } imported) _announces.Tell(_peers.All, imported.Header);
                if (update is ChainUpdate.Finalized) _finality.Tell(_peers.All);
            }
        }
    }

    private static PeerFacts Describe(Peer peer)
    {
        PeerStatus status = peer.Status!;
        return new PeerFacts(peer.Id.ToString(), status.Role.ToString().ToUpperInvariant(), status.Best.Hash, status.Best.Number);
    }

    /// <summary>The addresses behind one that stands for all of the machine.</summary>
    private static IEnumerable<IPEndPoint> Reachable(IPEndPoint endPoint)
    {
        if (!endPoint.Address.Equals(IPAddress.Any) && !endPoint.Address.Equals(IPAddress.IPv6Any)) return [endPoint];
        return NetworkInterface.GetAllNetworkInterfaces()
            .Where(each => each.OperationalStatus == OperationalStatus.Up)
            .SelectMany(each => each.GetIPProperties().UnicastAddresses)
            .Select(each => each.Address)
            .Where(each => each.AddressFamily == endPoint.AddressFamily && !each.IsIPv6LinkLocal)
            .Select(each => new IPEndPoint(each, endPoint.Port));
    }
}
