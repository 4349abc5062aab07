using System.Net;
using System.Net.Sockets;

namespace Phala.Node.Network.Transport;

/// <summary>
/// Takes connections on one TCP address. What a peer speaks shows in its first byte: a request for a WebSocket begins with <c>G</c>, multistream-select with the length
/// of its header.
/// </summary>
internal sealed class Listener : IDisposable
{
    private const int Backlog = 128;
    private readonly Socket _socket;

    private Listener(Socket socket) => _socket = socket;

    /// <summary>The address with the port that was taken.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Begins to listen. An address that is taken is an <see cref="IOException"/>.</summary>
    public static Listener Start(IPEndPoint endPoint)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new Listener(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"Can't listen on {endPoint}: {exception.Message}.", exception);
        }
    }

    /// <summary>Takes connections until it is told to stop.</summary>
    /// <param name="admission">How many there may be; others are closed at once.</param>
    /// <param name="serve">Serves one, and never throws; the socket is closed after it.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Admission admission, Func<Socket, Task> serve, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _socket.AcceptAsync(stop).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The peer went before it was taken, or there are no descriptors left: others may come.
                if (!stop.IsCancellationRequested) await Task.Delay(TimeSpan.FromMilliseconds(10), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            if (socket.RemoteEndPoint is IPEndPoint remote && admission.TryEnter(remote.Address)) _ = ServeAsync(socket, remote.Address, admission, serve);
            else socket.Dispose();
        }
    }

    /// <summary>Whether a connection begins as a request for a WebSocket.</summary>
    public static async ValueTask<bool> IsWebSocketAsync(Socket socket, CancellationToken cancellation)
    {
        byte[] first = new byte[1];
        return await socket.ReceiveAsync(first, SocketFlags.Peek, cancellation).ConfigureAwait(false) == 1 && first[0] == 'G';
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static async Task ServeAsync(Socket socket, IPAddress address, Admission admission, Func<Socket, Task> serve)
    {
        try
        {
            socket.NoDelay = true;
            await serve(socket).ConfigureAwait(false);
        }
        finally
        {
            socket.Dispose();
            admission.Leave(address);
        }
    }
}
