using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>What a sealed query says.</summary>
/// <param name="Request">The query.</param>
/// <param name="Caller">Who asks; none for a query without an account.</param>
[Scale]
public sealed partial record QueryBody(QueryRequest Request, Option<QueryCaller> Caller)
{
    /// <summary>Whether a session may answer, as far as the query itself goes.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="session">The session's signing key.</param>
    /// <param name="finalized">The number of the newest block that the worker verified.</param>
    /// <param name="viewTime">That block's time in milliseconds since 1970: an enclave has no clock of its own.</param>
    /// <returns>Why not; null if it may.</returns>
    public QueryRefusal? Check(in Hash256 genesis, in Sr25519PublicKey session, uint finalized, ulong viewTime)
    {
        if (Request.Expiry < viewTime) return QueryRefusal.Expired;
        if (Request.Expiry - viewTime > QueryRequest.LongestLife) return QueryRefusal.ExpiresTooLate;
        if (finalized < Request.MinFinalized) return QueryRefusal.Behind;
        return Caller.TryGet(out QueryCaller? caller) && !caller.Signed(genesis, session, Request) ? QueryRefusal.BadSignature : null;
    }
}
