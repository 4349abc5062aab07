using Phala.Codec;
using Phala.Worker.Interface.Queries;

namespace Phala.Client.Clusters;

/// <summary>A worker's answer that this program has verified.</summary>
/// <param name="Data">What was answered, as <see cref="InkQueryData"/> says.</param>
/// <param name="Member">Who answered.</param>
/// <param name="Answer">The whole answer: with its signature it proves afterwards what the worker said.</param>
/// <param name="Anchoring">Whether the chain holds the state that it comes from.</param>
/// <param name="Age">How old the view was, by this machine's clock.</param>
public sealed record VerifiedAnswer(Vec<byte> Data, ClusterMember Member, QueryAnswer Answer, Anchoring Anchoring, TimeSpan Age)
{
    /// <summary>What went to the worker: all that its host saw of the question.</summary>
    public ReadOnlyMemory<byte> SealedQuery { get; init; }

    /// <summary>What came back: all that its host saw of the answer.</summary>
    public ReadOnlyMemory<byte> SealedAnswer { get; init; }

    /// <summary>Reads the answer to a message.</summary>
    public ClientResult<ContractExecResult> Result() => Scale.Decode<ContractExecResult>(Data.AsSpan()).TryGet(out ContractExecResult? result)
        ? result
        : new ClientFailure(ClientError.Undecodable, "The worker's answer is not what a message answers.");
}
