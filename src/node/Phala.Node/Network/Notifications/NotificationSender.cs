using System.Threading.Channels;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Multistream;
using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Notifications;

/// <summary>The stream on which this node tells a peer things of one protocol. What is to be told waits in a queue, and a peer that lets it fill up is left.</summary>
internal sealed class NotificationSender
{
    /// <summary>How many notifications may wait.</summary>
    public const int Capacity = 256;

    private const int MaxHandshake = 1024;
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Tells something, once the stream is open. Never waits.</summary>
    /// <returns>False where the peer is too slow, or the stream is over.</returns>
    public bool TrySend(byte[] notification) => _queue.Writer.TryWrite(notification);

    /// <summary>Opens the stream and sends what is told, until the peer ends it.</summary>
    /// <param name="session">The peer's streams.</param>
    /// <param name="protocol">The protocol's name.</param>
    /// <param name="handshake">What this node says of itself.</param>
    /// <param name="timeout">How long the peer may take to agree.</param>
    /// <param name="ended">Ends it.</param>
    public async Task RunAsync(YamuxSession session, string protocol, byte[] handshake, TimeSpan timeout, CancellationToken ended)
    {
        using YamuxStream stream = session.Open();
        try
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(ended);
            patience.CancelAfter(timeout);
            if (await MultistreamSelect.DialAsync(stream, protocol, patience.Token).ConfigureAwait(false) != MultistreamError.None) return;
            await LengthPrefix.WriteAsync(stream, handshake, patience.Token).ConfigureAwait(false);
            (FrameStatus status, _) = await LengthPrefix.ReadAsync(stream, MaxHandshake, patience.Token).ConfigureAwait(false);
            if (status != FrameStatus.Read) return;
            await foreach (byte[] notification in _queue.Reader.ReadAllAsync(ended).ConfigureAwait(false))
            {
                await LengthPrefix.WriteAsync(stream, notification, ended).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The peer has refused or ended it, or is gone.
        }
        finally
        {
            _queue.Writer.TryComplete();
        }
    }
}
