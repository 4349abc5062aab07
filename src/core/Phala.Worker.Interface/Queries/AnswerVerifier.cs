using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Worker.Interface.Queries;

/// <summary>The whole rule by which a client believes an answer.</summary>
/// <remarks>
/// <b>Trust.</b> Who gets <see cref="AnswerVerdict.Verified"/> believes the session that the answer is what the contract says in the state with this root, and needs to believe nobody
/// that the session is the worker's newest, that the view is as new as it says, and, where it is anchored, that the state is the cluster's.
/// </remarks>
public static class AnswerVerifier
{
    /// <summary>Verifies an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="expectation">What the client knows.</param>
    /// <param name="anchoring">How the state compares with the chain's.</param>
    /// <returns>The verdict. Any answer gives one.</returns>
    public static AnswerVerdict Verify(QueryAnswer answer, AnswerExpectation expectation, out Anchoring anchoring)
    {
        anchoring = AnchoringOf(answer.Record, expectation);
        AnswerVerdict verdict = VerifyOrigin(answer, expectation);
        if (verdict == AnswerVerdict.Verified) verdict = VerifyView(answer.Record, expectation);
        if (verdict != AnswerVerdict.Verified) return verdict;
        if (anchoring == Anchoring.Contradicted) return AnswerVerdict.Contradicted;
        return expectation.RequireAnchored && anchoring != Anchoring.Anchored ? AnswerVerdict.NotAnchored : AnswerVerdict.Verified;
    }

    private static AnswerVerdict VerifyOrigin(QueryAnswer answer, AnswerExpectation expectation)
    {
        FreshnessRecord record = answer.Record;
        if (record.Session != expectation.Session) return AnswerVerdict.WrongSession;
        if (Sr25519.Verify(record.Session.AsSpan(), record.SigningBytes(), answer.Signature.AsSpan()) != SignatureVerdict.Valid) return AnswerVerdict.NotSigned;
        if (record.Genesis != expectation.Genesis) return AnswerVerdict.WrongChain;
        if (record.Cluster != expectation.Cluster) return AnswerVerdict.WrongCluster;
        if (record.Contract != expectation.Request.Contract) return AnswerVerdict.WrongContract;
        if (record.ClientNonce != expectation.Request.Nonce) return AnswerVerdict.WrongNonce;
        if (record.QueryHash != expectation.Request.Hash()) return AnswerVerdict.WrongQuery;
        return record.AnswerHash == answer.Outcome.Hash() ? AnswerVerdict.Verified : AnswerVerdict.WrongAnswer;
    }

    private static AnswerVerdict VerifyView(FreshnessRecord record, AnswerExpectation expectation)
    {
        if (expectation.Head.Number > expectation.LeaseEnd || record.Finalized.Number > record.LeaseEnd) return AnswerVerdict.LeaseOver;
        if (record.Finalized.Number < expectation.Request.MinFinalized) return AnswerVerdict.Behind;
        if (record.Finalized.Number == expectation.Head.Number && record.Finalized.Hash != expectation.Head.Hash) return AnswerVerdict.OtherHistory;
        if (record.ViewTime > expectation.Now && record.ViewTime - expectation.Now > AnswerExpectation.ClockTolerance) return AnswerVerdict.FromTheFuture;
        return expectation.Now > record.ViewTime && expectation.Now - record.ViewTime > expectation.LongestAge ? AnswerVerdict.Stale : AnswerVerdict.Verified;
    }

    /// <summary>Entries that change nothing are not reported: the newest report's state is also that after them.</summary>
    private static Anchoring AnchoringOf(FreshnessRecord record, AnswerExpectation expectation)
    {
        if (!expectation.Anchor.TryGet(out ClusterAnchor anchor) || anchor.Queue.Count > record.Count) return Anchoring.Unanchored;
        if (anchor.StateRoot == record.StateRoot) return Anchoring.Anchored;
        return anchor.Queue.Count == record.Count ? Anchoring.Contradicted : Anchoring.Unanchored;
    }
}
