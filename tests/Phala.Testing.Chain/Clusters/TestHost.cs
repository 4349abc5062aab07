using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Testing.Chain.Clusters;

/// <summary>What queries may reach in a test.</summary>
public static class TestHost
{
    /// <summary>Nothing: requests are not allowed, what is drawn is always the same, and nothing is remembered.</summary>
    public static QueryHost Nothing { get; } = new()
    {
        SendHttp = static (requests, _, _) => [.. requests.Select(_ => Result<HttpResponse, HttpFailure>.Err(HttpFailure.NotAllowed))],
        Draw = static bytes => bytes.AsSpan().Fill(7),
        ReadClock = static () => ClusterWorld.FirstTime + 1,
        Worker = new Sr25519PublicKey(ClusterWorld.Bytes("the worker")),
        Remember = static (_, _, _, _) => false,
        SetExpiration = static (_, _, _) => { },
        Recall = static (_, _) => null,
        Forget = static (_, _) => null,
    };
}
