namespace Phala.Client;

/// <summary>Everything that can go wrong between this program and a chain. <see cref="ClientFailure.Message"/> says it in words.</summary>
public enum ClientError
{
    /// <summary>Nobody answers at the address, or who answers speaks no WebSocket.</summary>
    Unreachable,

    /// <summary>The connection has ended. There is no reconnecting: what was under way may have been done or not.</summary>
    Closed,

    /// <summary>The server sent what is no JSON-RPC 2.0 message, or an answer to nothing; the connection is closed.</summary>
    Malformed,

    /// <summary>The server sent a longer message than <see cref="ClientOptions.MaxMessageSize"/>; the connection is closed.</summary>
    MessageTooLong,

    /// <summary>No answer came in <see cref="ClientOptions.RequestTimeout"/>.</summary>
    Timeout,

    /// <summary>The server answered with an error; <see cref="ClientFailure.Code"/> is its code.</summary>
    Rpc,

    /// <summary>The node does not take the transaction; <see cref="ClientFailure.Code"/> is Substrate's code, 1001 to 1021.</summary>
    Refused,

    /// <summary>The answer is JSON, but not what the method answers.</summary>
    UnexpectedAnswer,

    /// <summary>The bytes are no value of what was asked for: the chain follows other rules than this program knows.</summary>
    Undecodable,

    /// <summary>The chain has no such thing: a block, or a value that has no default.</summary>
    Missing,

    /// <summary>Notifications came faster than they were read; the subscription has ended.</summary>
    TooSlow,

    /// <summary>The subscription has ended because it was disposed of, or the server ended it.</summary>
    Ended,

    /// <summary>The chain begins with another block than the one that is expected.</summary>
    WrongGenesis,

    /// <summary>The chain follows rules of another name or spec version than this program knows.</summary>
    UnknownSpec,

    /// <summary>The chain's calls have other indices or arguments than this program knows.</summary>
    WrongTransactionVersion,

    /// <summary>The chain describes its runtime otherwise than this program does.</summary>
    WrongMetadata,

    /// <summary>Another transaction took this one's place in the pool.</summary>
    Usurped,

    /// <summary>The pool had no room for the transaction any more.</summary>
    Dropped,

    /// <summary>The transaction has become invalid while it waited.</summary>
    Invalid,

    /// <summary>The block with the transaction did not become final for a long time.</summary>
    FinalityTimeout,

    /// <summary>What the node says of the chain is not proven: it is wrong, or of another chain.</summary>
    NotProven,

    /// <summary>The chain has two histories that are both final. The light client has stopped for ever; it has the evidence.</summary>
    Contradicted,

    /// <summary>No worker of the cluster can be asked: none has a session with a lease and an endpoint, or none answers.</summary>
    NoWorker,

    /// <summary>The worker answered with an error; <see cref="ClientFailure.Code"/> is the HTTP status.</summary>
    WorkerError,

    /// <summary>The worker's answer is not to be believed; the message says why.</summary>
    NotVerified,

    /// <summary>The worker does not answer the query; the message says why.</summary>
    QueryRefused,

    /// <summary>What should be sealed is too long, or the key that it should be sealed to is none.</summary>
    NotSealed,

    /// <summary>No receipt of the command came in time. It may come later.</summary>
    NoReceipt,
}
