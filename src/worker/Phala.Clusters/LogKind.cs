namespace Phala.Clusters;

/// <summary>What a cluster noted while it executed. None of it says what contracts were told or answered.</summary>
public enum LogKind : byte
{
    /// <summary>A message that is none of the cluster's, or that its sender may not send.</summary>
    MessageIgnored = 0,

    /// <summary>The cluster began.</summary>
    ClusterCreated,

    /// <summary>The cluster ended.</summary>
    ClusterEnded,

    /// <summary>Code was added.</summary>
    CodeAdded,

    /// <summary>A contract came into being.</summary>
    Instantiated,

    /// <summary>A contract did not: it exists already.</summary>
    DuplicateContract,

    /// <summary>A contract did not: the worker's program has no such code.</summary>
    CodeNotFound,

    /// <summary>A contract did not: its deployer can't pay for the gas.</summary>
    CannotPay,

    /// <summary>A contract did not: its constructor failed.</summary>
    ConstructorFailed,

    /// <summary>Code was not added: it is no contract's, or may compute differently from worker to worker.</summary>
    CodeRefused,

    /// <summary>Tokens were not credited: there would be more than a number can say.</summary>
    DepositRefused,
}
