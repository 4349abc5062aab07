using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Phala.Tests.Worker.Contracts;

/// <summary>A server on loopback that writes whatever bytes a test wants.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<RawRequest, Stream, Task> _answer;
    private readonly SslStreamCertificateContext? _certificate;
    private readonly Lock _lock = new();
    private readonly List<RawRequest> _requests = [];
    private int _connections;

    /// <summary>Listens.</summary>
    /// <param name="answer">Answers a request on its connection, which is closed afterwards.</param>
    /// <param name="certificate">Its certificate, where it speaks TLS.</param>
    public RawServer(Func<RawRequest, Stream, Task> answer, SslStreamCertificateContext? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start(512);
        _ = AcceptAsync();
    }

    /// <summary>One that answers each request with the same bytes.</summary>
    public RawServer(string answer, SslStreamCertificateContext? certificate = null)
        : this((_, stream) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer)).AsTask(), certificate)
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/";

    /// <summary>How often somebody connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The requests that came.</summary>
    public IReadOnlyList<RawRequest> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    /// <summary>An answer with a body.</summary>
    public static string Ok(string body, string headers = "") => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}";

    /// <summary>An answer that sends elsewhere.</summary>
    public static string Redirect(string location, int status = 302) => $"HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using NetworkStream plain = new(socket, ownsSocket: true);
            await using Stream stream = _certificate is null ? plain : await ProtectAsync(plain, _certificate);
            RawRequest request = await RawRequest.ReadAsync(stream);
            lock (_lock) _requests.Add(request);
            await _answer(request, stream);
            await stream.FlushAsync();
            if (_certificate is null) socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    private static async Task<Stream> ProtectAsync(Stream plain, SslStreamCertificateContext certificate)
    {
        SslStream stream = new(plain);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate });
        return stream;
    }
}
