using System.Net;
using System.Net.Sockets;

namespace Phala.Worker.Contracts;

/// <summary>The connections of one request of a contract and its redirects.</summary>
/// <remarks>
/// <b>Invariant.</b> A name is resolved once for each connection, and what is connected to is an address of that answer that <see cref="AddressRule"/> allows: a name that stands for another address a moment later gains nothing.
/// </remarks>
/// <param name="options">What may be reached, and how names are resolved.</param>
/// <param name="deadline">When the request is given up.</param>
internal sealed class GuardedConnections(ContractHttpOptions options, CancellationToken deadline)
{
    /// <summary>The most addresses of a name that are tried.</summary>
    private const int MostAddresses = 4;

    private static readonly TimeSpan PatienceWithAddress = TimeSpan.FromSeconds(3);

    /// <summary>Whether a name had addresses, and none of them may be reached.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Connects to an allowed address of a server.</summary>
    /// <exception cref="SocketException">There is none, or none answers.</exception>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        // A connection outlives the wait for it unless it ends with the request.
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline);
        IPAddress[] found = await options.Resolve(context.DnsEndPoint.Host, either.Token).ConfigureAwait(false);
        IPAddress[] allowed = [.. found.Where(address => AddressRule.IsAllowed(address, options.AllowLoopback)).Distinct().Take(MostAddresses)];
        IsRefused |= found.Length > 0 && allowed.Length == 0;
        SocketException? failure = null;
        foreach (IPAddress address in allowed)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), isLast: address == allowed[^1], either.Token).ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostUnreachable);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint server, bool isLast, CancellationToken stop)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (!isLast) patience.CancelAfter(PatienceWithAddress);
        Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, patience.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
