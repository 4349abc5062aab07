using System.Threading.Channels;

namespace Phala.Node.Consensus;

/// <summary>Tells whoever listens what has happened to the chain, in order. The pool and RPC hang on it; nothing that makes a block does.</summary>
/// <remarks>Each listener has a queue of its own. One that lets it fill up is cut off: its reader ends, and it has to look at the chain anew.</remarks>
public sealed class ChainFeed
{
    /// <summary>How many updates may wait for a listener.</summary>
    private const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly List<Channel<ChainUpdate>> _listeners = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="ended">Ends it.</param>
    public ChannelReader<ChainUpdate> Listen(CancellationToken ended)
    {
        Channel<ChainUpdate> listener = Channel.CreateBounded<ChainUpdate>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        lock (_gate) _listeners.Add(listener);
        ended.Register(() => Remove(listener));
        return listener.Reader;
    }

    /// <summary>Tells all listeners. Never waits.</summary>
    public void Tell(ChainUpdate update)
    {
        lock (_gate)
        {
            for (int index = _listeners.Count - 1; index >= 0; index--)
            {
                if (_listeners[index].Writer.TryWrite(update)) continue;
                _listeners[index].Writer.TryComplete();
                _listeners.RemoveAt(index);
            }
        }
    }

    private void Remove(Channel<ChainUpdate> listener)
    {
        listener.Writer.TryComplete();
        lock (_gate) _listeners.Remove(listener);
    }
}
