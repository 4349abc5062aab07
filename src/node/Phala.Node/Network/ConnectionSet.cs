namespace Phala.Node.Network;

/// <summary>The connections that are being served, to wait for their end.</summary>
internal sealed class ConnectionSet
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _serving = [];

    /// <summary>Notes a connection until it has ended.</summary>
    public async Task Track(Task serving)
    {
        lock (_gate) _serving.Add(serving);
        try
        {
            await serving.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate) _serving.Remove(serving);
        }
    }

    /// <summary>Waits for the end of those that are being served.</summary>
    public Task WhenEmpty()
    {
        lock (_gate) return Task.WhenAll([.. _serving]);
    }
}
