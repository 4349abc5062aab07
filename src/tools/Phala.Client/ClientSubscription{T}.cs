using System.Runtime.CompilerServices;
using System.Text.Json;
using Phala.Client.Rpc;

namespace Phala.Client;

/// <summary>News of one kind, in order, until it is disposed of or the connection ends.</summary>
/// <typeparam name="T">The news.</typeparam>
public sealed class ClientSubscription<T> : IAsyncDisposable
{
    private readonly RpcSubscription _subscription;
    private readonly Func<JsonElement, ClientResult<T>> _read;

    internal ClientSubscription(RpcSubscription subscription, Func<JsonElement, ClientResult<T>> read) => (_subscription, _read) = (subscription, read);

    /// <summary>The next news, as soon as it is there; or why there is none any more.</summary>
    public async ValueTask<ClientResult<T>> NextAsync(CancellationToken stop = default) => (await _subscription.NextAsync(stop).ConfigureAwait(false)).Then(_read);

    /// <summary>All news. The last element may be why there is no further one.</summary>
    public async IAsyncEnumerable<ClientResult<T>> ReadAllAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        while (true)
        {
            ClientResult<T> next = await NextAsync(stop).ConfigureAwait(false);
            yield return next;
            if (!next.IsOk) yield break;
        }
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => _subscription.DisposeAsync();
}
