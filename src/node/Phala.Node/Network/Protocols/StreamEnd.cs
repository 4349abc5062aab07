using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Protocols;

/// <summary>Ends a stream in order.</summary>
internal static class StreamEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Says that this side sends no more and waits until the other does, so that nothing that is under way is thrown away.</summary>
    public static async Task FinishAsync(YamuxStream stream, CancellationToken ended)
    {
        stream.Finish();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(ended);
        patience.CancelAfter(Patience);
        byte[] ignored = new byte[64];
        while (await stream.ReadAsync(ignored, patience.Token).ConfigureAwait(false) > 0)
        {
            // Whatever the peer still says is not for anybody.
        }
    }
}
