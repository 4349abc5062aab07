using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Phala.LoadGenerator;

/// <summary>
/// A connection that sends the same request again and again, as cheaply as it can: every reply to it is as long as the first, so that replies are counted by bytes.
/// </summary>
internal sealed class RpcLoadClient : IDisposable
{
    private const int FrameHead = 2, MaskSize = 4, Masked = 0x80, FinalText = 0x81;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _requests;
    private readonly int _requestLength, _replyLength, _inFlight;
    private readonly long[] _sentAt;

    public RpcLoadClient(IPEndPoint server, string json, bool overWebSocket, int inFlight)
    {
        _socket.Connect(server);
        byte[] body = Encoding.ASCII.GetBytes(json);
        if (overWebSocket)
        {
            _socket.Send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8);
            _ = _socket.Receive(_buffer);
        }

        byte[] request = overWebSocket
            ? [FinalText, (byte)(Masked | body.Length), .. new byte[MaskSize], .. body]
            : [.. Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        _requestLength = request.Length;
        _requests = [.. Enumerable.Repeat(request, inFlight).SelectMany(each => each)];
        _inFlight = inFlight;
        _sentAt = new long[inFlight];
        _socket.Send(request);
        int count = _socket.Receive(_buffer);
        _replyLength = overWebSocket ? FrameHead + _buffer[1] : count;
        if (count != _replyLength) throw new InvalidOperationException("The first reply did not come in one piece.");
    }

    /// <summary>Milliseconds from request to reply.</summary>
    public List<double> Times { get; } = new(1 << 20);

    public async Task RunAsync(long until)
    {
        int sent = 0, answered = 0, pending = 0;
        for (int at = 0; at < _inFlight; at++) _sentAt[sent++ % _inFlight] = Stopwatch.GetTimestamp();
        await _socket.SendAsync(_requests);
        while (answered < sent)
        {
            pending += await _socket.ReceiveAsync(_buffer);
            long now = Stopwatch.GetTimestamp();
            int replies = pending / _replyLength;
            pending -= replies * _replyLength;
            for (int at = 0; at < replies; at++) Times.Add((now - _sentAt[answered++ % _inFlight]) * 1000.0 / Stopwatch.Frequency);
            if (now >= until || replies == 0) continue;
            for (int at = 0; at < replies; at++) _sentAt[sent++ % _inFlight] = now;
            await _socket.SendAsync(_requests.AsMemory(0, replies * _requestLength));
        }
    }

    public void Dispose() => _socket.Dispose();
}
