using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Keys;

namespace Phala.Worker.Sync;

/// <summary>Where clients are to find the worker, as its operator says and its identity signs.</summary>
internal sealed class EndpointBook(WorkerIdentity identity)
{
    private readonly Lock _lock = new();
    private byte[]? _payload;
    private Sr25519SignatureBytes _signature;
    private Vec<string> _endpoints;
    private ulong _signedAt;

    /// <summary>The time of the newest signature; 0 before the first.</summary>
    public ulong SignedAt => Volatile.Read(ref _signedAt);

    /// <summary>What was signed; null before the first.</summary>
    public (byte[] Payload, Sr25519SignatureBytes Signature)? Signed
    {
        get
        {
            lock (_lock) return _payload is { } payload ? (payload, _signature) : null;
        }
    }

    /// <summary>Signs where the worker is to be found. What was signed not long ago is not signed again: whoever asks for the same brings the same.</summary>
    /// <param name="endpoints">URLs; null for the same as before.</param>
    /// <param name="now">The time of the worker's head: the chain compares it with its own.</param>
    /// <returns>What is wrong, or null.</returns>
    public string? Sign(Vec<string>? endpoints, ulong now)
    {
        lock (_lock)
        {
            Vec<string> wanted = endpoints ?? _endpoints;
            if (wanted.Length is 0 or > PhalaRegistry.MaxEndpoints) return $"There are 1 to {PhalaRegistry.MaxEndpoints} endpoints.";
            if (wanted.Any(each => each.Length > PhalaRegistry.MaxEndpointUrl || !Uri.TryCreate(each, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))) return $"An endpoint is a URL of http or https of at most {PhalaRegistry.MaxEndpointUrl} characters.";
            if (now == 0) return "The worker knows no time before its first block.";
            if (endpoints == _endpoints && now < _signedAt + (PhalaRegistry.EndpointLength / 2)) return null;
            SignAt(wanted, Math.Max(now, _signedAt + 1));
            return null;
        }
    }

    /// <summary>Signs again where the chain has something else that was signed later: by an earlier start of the worker, or by a copy of it. The chain takes nothing older than what it has.</summary>
    /// <param name="known">What the chain has; null for nothing.</param>
    /// <param name="signedAt">When that was signed.</param>
    /// <param name="now">The time of the worker's head.</param>
    public void Renew(VersionedWorkerEndpoints? known, ulong signedAt, ulong now)
    {
        lock (_lock)
        {
            if (_payload is null || known is null || signedAt < _signedAt || known == new VersionedWorkerEndpoints.V1(_endpoints)) return;
            SignAt(_endpoints, Math.Max(now, signedAt + 1));
        }
    }

    private void SignAt(Vec<string> endpoints, ulong time)
    {
        WorkerEndpointPayload payload = new(identity.PublicKey, new VersionedWorkerEndpoints.V1(endpoints), time);
        byte[] encoded = Scale.Encode(payload);
        (_payload, _signature, _endpoints) = (encoded, identity.Sign([0xFF, 0x02, .. encoded]), endpoints);
        Volatile.Write(ref _signedAt, time);
    }
}
