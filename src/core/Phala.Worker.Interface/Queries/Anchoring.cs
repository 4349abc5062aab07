namespace Phala.Worker.Interface.Queries;

/// <summary>How an answer's state compares with what the chain holds to be the cluster's.</summary>
public enum Anchoring : byte
{
    /// <summary>The chain does not have it: it is newer than the newest report that enough members made, or older.</summary>
    Unanchored = 0,

    /// <summary>It is the state that enough members reported.</summary>
    Anchored,

    /// <summary>Enough members reported another state after the same entry.</summary>
    Contradicted,
}
