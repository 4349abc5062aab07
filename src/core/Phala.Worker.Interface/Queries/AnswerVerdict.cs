namespace Phala.Worker.Interface.Queries;

/// <summary>Whether an answer is to be believed, or the first reason why not.</summary>
public enum AnswerVerdict : byte
{
    /// <summary>It is: this session answered this query from a state as new as was asked for.</summary>
    Verified = 0,

    /// <summary>The session did not sign it.</summary>
    NotSigned,

    /// <summary>It is of another chain.</summary>
    WrongChain,

    /// <summary>It is of another cluster.</summary>
    WrongCluster,

    /// <summary>It is of another contract.</summary>
    WrongContract,

    /// <summary>It names another session than the worker's.</summary>
    WrongSession,

    /// <summary>It answers another query.</summary>
    WrongQuery,

    /// <summary>It answers another sending of the query.</summary>
    WrongNonce,

    /// <summary>The record is of another answer.</summary>
    WrongAnswer,

    /// <summary>The session's lease is over, by the client's own view or by the worker's.</summary>
    LeaseOver,

    /// <summary>The worker has not seen the block that was asked for.</summary>
    Behind,

    /// <summary>The worker holds another block to be final than the client, at the same number: one of them is on a forged history.</summary>
    OtherHistory,

    /// <summary>The view is older than the client wants.</summary>
    Stale,

    /// <summary>The view is later than the client's clock.</summary>
    FromTheFuture,

    /// <summary>Enough members reported another state after the same entry.</summary>
    Contradicted,

    /// <summary>The client wants a state that the chain has, and the chain does not have this one.</summary>
    NotAnchored,
}
