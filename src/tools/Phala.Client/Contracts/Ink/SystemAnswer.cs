using Phala.Client.Clusters;

namespace Phala.Client.Contracts.Ink;

/// <summary>What a cluster's system contract answered, verified: a worker's word for a state of the cluster, which the chain holds or does not hold yet.</summary>
/// <typeparam name="T">What it returns.</typeparam>
/// <param name="Value">It.</param>
/// <param name="Answer">The answer that says so: who gave it, of which state, and how old it was.</param>
public sealed record SystemAnswer<T>(T Value, VerifiedAnswer Answer)
{
    /// <summary>How many entries of the queue the cluster had executed.</summary>
    public ulong Count => Answer.Answer.Record.Count;
}
