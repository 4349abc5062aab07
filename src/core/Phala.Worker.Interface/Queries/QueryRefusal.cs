using Phala.Codec;

namespace Phala.Worker.Interface.Queries;

/// <summary>Why a query was not run. The refusal is signed and sealed as any answer is.</summary>
[Scale]
public enum QueryRefusal : byte
{
    /// <summary>The worker has not verified the block that the client asks for.</summary>
    Behind = 0,

    /// <summary>The query's expiry is over.</summary>
    Expired = 1,

    /// <summary>The query expires more than a day after the worker's view.</summary>
    ExpiresTooLate = 2,

    /// <summary>The caller's signature is not of the caller, for this query and session.</summary>
    BadSignature = 3,

    /// <summary>The cluster has no such contract.</summary>
    UnknownContract = 4,

    /// <summary>The worker is no member of the cluster, or has not executed it so far.</summary>
    NotReady = 5,

    /// <summary>The session's lease is over.</summary>
    LeaseOver = 6,

    /// <summary>Too many queries wait.</summary>
    Busy = 7,

    /// <summary>The caller has no such output, or it is kept no longer.</summary>
    NoSuchOutput = 8,

    /// <summary>A fault of the worker's program. Its own log has more.</summary>
    InternalFault = 9,

    /// <summary>It took longer than the worker lets queries run.</summary>
    Timeout = 10,

    /// <summary>There is no program beside the contract: it is not the one that is asked for the log.</summary>
    NoProgram = 11,

    /// <summary>The query names no caller, and the contract is none of the worker's program: such contracts take the account of zeros for nobody.</summary>
    NoCaller = 12,
}
