using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Clusters.Pink;

/// <summary>What a worker lets queries reach beyond the cluster's state. Commands have none of it.</summary>
/// <remarks>Any of it may be called from any thread, and ends in bounded time.</remarks>
public sealed record QueryHost
{
    /// <summary>Sends requests at once and waits for all of them, for so many milliseconds at most and no longer than the query lasts: as many answers or errors, in the same order.</summary>
    public required Func<IReadOnlyList<HttpRequest>, ulong, CancellationToken, IReadOnlyList<Result<HttpResponse, HttpFailure>>> SendHttp { get; init; }

    /// <summary>Fills an array with what nobody can foresee.</summary>
    public required Action<byte[]> Draw { get; init; }

    /// <summary>The machine's time in milliseconds since 1970: nobody vouches for it.</summary>
    public required Func<ulong> ReadClock { get; init; }

    /// <summary>The worker's identity.</summary>
    public required Sr25519PublicKey Worker { get; init; }

    /// <summary>Remembers a value of a contract that has a weight; false where there is no room.</summary>
    public required Func<Hash256, uint, Vec<byte>, Vec<byte>, bool> Remember { get; init; }

    /// <summary>Says for how many seconds from now a contract's value is remembered.</summary>
    public required Action<Hash256, Vec<byte>, ulong> SetExpiration { get; init; }

    /// <summary>A remembered value of a contract; null where there is none.</summary>
    public required Func<Hash256, Vec<byte>, Vec<byte>?> Recall { get; init; }

    /// <summary>Forgets a contract's value, which it returns; null where there is none.</summary>
    public required Func<Hash256, Vec<byte>, Vec<byte>?> Forget { get; init; }
}
