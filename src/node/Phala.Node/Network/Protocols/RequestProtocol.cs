using Microsoft.Extensions.Logging;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Peers;
using Phala.Node.Network.Requests;
using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Protocols;

/// <summary>One request and one answer, each in a frame; a refusal resets the stream. Requests of all peers share the processor, some at a time.</summary>
/// <param name="name">The protocol's name.</param>
/// <param name="handler">Who answers.</param>
/// <param name="turns">How many are answered at a time.</param>
/// <param name="timeout">How long the peer may take to ask.</param>
/// <param name="log">Where operators read of it.</param>
internal sealed class RequestProtocol(string name, IRequestHandler handler, SemaphoreSlim turns, TimeSpan timeout, ILogger log) : IProtocol
{
    /// <summary>How long the peer may take for the answer.</summary>
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task ServeAsync(Peer peer, YamuxStream stream)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(peer.Ended);
        patience.CancelAfter(timeout);
        (FrameStatus status, byte[] request) = await LengthPrefix.ReadAsync(stream, handler.MaxRequest, patience.Token).ConfigureAwait(false);
        if (status != FrameStatus.Read || !await peer.Requests.WaitAsync(peer.Ended).ConfigureAwait(false)) return;
        (RequestRefusal refusal, byte[] reply) = await AnswerAsync(request, peer.Ended).ConfigureAwait(false);
        if (refusal == RequestRefusal.None)
        {
            patience.CancelAfter(ReplyTimeout);
            await LengthPrefix.WriteAsync(stream, reply, patience.Token).ConfigureAwait(false);
            await StreamEnd.FinishAsync(stream, peer.Ended).ConfigureAwait(false);
            return;
        }

        NetworkLog.Refused(log, peer.Id, name, refusal);
        if (refusal == RequestRefusal.Malformed) peer.Disconnect();
    }

    private async ValueTask<(RequestRefusal Refusal, byte[] Reply)> AnswerAsync(byte[] request, CancellationToken ended)
    {
        await turns.WaitAsync(ended).ConfigureAwait(false);
        try
        {
            RequestRefusal refusal = handler.Answer(request, out byte[] reply);
            return (refusal, reply);
        }
        finally
        {
            turns.Release();
        }
    }
}
