using Phala.Chain;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.WorkerInterface;

public sealed class AnswerVerifierTests
{
    private const ulong Now = 1_000_000_000;

    private static readonly Sr25519KeyPair Session = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("session")), Stranger = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("stranger"));
    private static readonly Sr25519PublicKey SessionKey = new(Session.PublicKey);
    private static readonly QueryRequest Request = new(ClusterWorld.Vault, new InkQueryData.InkMessage([1, 2, 3, 4], 0, 0, false), new QueryNonce(ClusterWorld.Bytes("nonce")), 50, Now + 1000);
    private static readonly QueryOutcome Outcome = new QueryOutcome.Returned([1, 2]);
    private static readonly Hash256 Root = ClusterWorld.Hash("root"), Other = ClusterWorld.Hash("other");
    private static readonly BlockId Block = new(ClusterWorld.Hash("block 60"), 60);
    private static readonly ClusterAnchor Anchor = new(new QueueHead(9, Other), Root, Other, Other, 1);

    private static readonly FreshnessRecord Record = new(
        ClusterWorld.Genesis, ClusterWorld.Id, ClusterWorld.Vault, NativeCode.Vault, 9, Block, Now - 10_000, Root, 0, SessionKey, 500, Request.Hash(), default, Request.Nonce);

    private static readonly AnswerExpectation Expectation = new(ClusterWorld.Genesis, ClusterWorld.Id, SessionKey, 500, Request, Block, new(Anchor), Now, 60_000, false);

    public static TheoryData<string> Cases => [.. AllCases().Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_field_is_checked(string name)
    {
        (AnswerVerdict verdict, FreshnessRecord record, AnswerExpectation expectation) = AllCases()[name];
        Assert.Equal(verdict, AnswerVerifier.Verify(Sign(record), expectation, out _));
    }

    [Fact]
    public void Every_verdict_occurs() =>
        Assert.Equal(Enum.GetValues<AnswerVerdict>().Except([AnswerVerdict.NotSigned, AnswerVerdict.WrongAnswer]), AllCases().Values.Select(item => item.Verdict).Distinct().Order());

    [Fact]
    public void The_signature_covers_the_record_and_the_record_the_answer()
    {
        QueryAnswer answer = Sign(Record);
        Assert.Equal(AnswerVerdict.Verified, AnswerVerifier.Verify(answer, Expectation, out _));
        Assert.Equal(AnswerVerdict.WrongAnswer, AnswerVerifier.Verify(answer with { Outcome = new QueryOutcome.Returned([1, 3]) }, Expectation, out _));
        Assert.Equal(AnswerVerdict.WrongAnswer, AnswerVerifier.Verify(answer with { Outcome = new QueryOutcome.Refused(QueryRefusal.Behind) }, Expectation, out _));
        Assert.Equal(AnswerVerdict.NotSigned, AnswerVerifier.Verify(answer with { Record = answer.Record with { ViewTime = Now } }, Expectation, out _));
        Assert.Equal(AnswerVerdict.NotSigned, AnswerVerifier.Verify(answer with { Record = answer.Record with { CodeHash = default } }, Expectation, out _));
        Assert.Equal(AnswerVerdict.NotSigned, AnswerVerifier.Verify(answer with { Signature = default }, Expectation, out _));
        Assert.Equal(AnswerVerdict.NotSigned, AnswerVerifier.Verify(QueryAnswer.Sign(Record, Outcome, Stranger, ClusterWorld.Bytes("e")), Expectation, out _));
    }

    [Theory]
    [InlineData(9ul, true, Anchoring.Anchored)]
    [InlineData(12ul, true, Anchoring.Anchored)]
    [InlineData(8ul, true, Anchoring.Unanchored)]
    [InlineData(12ul, false, Anchoring.Unanchored)]
    [InlineData(9ul, false, Anchoring.Contradicted)]
    [InlineData(8ul, false, Anchoring.Unanchored)]
    public void A_state_is_compared_with_the_anchor(ulong count, bool isEqual, Anchoring expected)
    {
        AnswerVerdict verdict = AnswerVerifier.Verify(Sign(Record with { Count = count, StateRoot = isEqual ? Root : Other }), Expectation, out Anchoring anchoring);
        Assert.Equal(expected, anchoring);
        Assert.Equal(expected == Anchoring.Contradicted ? AnswerVerdict.Contradicted : AnswerVerdict.Verified, verdict);
    }

    [Fact]
    public void A_caller_signs_for_one_session_one_contract_one_query_until_its_expiry()
    {
        using Sr25519KeyPair alice = Sr25519KeyPair.FromSeed(ClusterWorld.Bytes("alice"));
        Span<byte> signature = stackalloc byte[64];
        alice.Sign(QueryCaller.SigningBytes(ClusterWorld.Genesis, SessionKey, Request), ClusterWorld.Bytes("e"), signature);
        QueryCaller caller = new(new AccountId(alice.PublicKey), new MultiSignature(SignatureScheme.Sr25519, signature));
        Assert.True(caller.Signed(ClusterWorld.Genesis, SessionKey, Request));
        Assert.False(caller.Signed(Other, SessionKey, Request));
        Assert.False(caller.Signed(ClusterWorld.Genesis, new(Stranger.PublicKey), Request));
        Assert.False(caller.Signed(ClusterWorld.Genesis, SessionKey, Request with { Contract = Other }));
        Assert.False(caller.Signed(ClusterWorld.Genesis, SessionKey, Request with { Data = new InkQueryData.CommandOutput(default) }));
        Assert.False(caller.Signed(ClusterWorld.Genesis, SessionKey, Request with { Nonce = default }));
        Assert.False(caller.Signed(ClusterWorld.Genesis, SessionKey, Request with { MinFinalized = 51 }));
        Assert.False(caller.Signed(ClusterWorld.Genesis, SessionKey, Request with { Expiry = Now + 1001 }));
        Assert.False((caller with { Account = new AccountId(Stranger.PublicKey) }).Signed(ClusterWorld.Genesis, SessionKey, Request));
    }

    [Fact]
    public void A_worker_refuses_what_it_can_see_itself()
    {
        QueryBody anonymous = new(Request, default);
        Assert.Null(anonymous.Check(ClusterWorld.Genesis, SessionKey, 50, Now));
        Assert.Null(anonymous.Check(ClusterWorld.Genesis, SessionKey, 50, Now + 1000));
        Assert.Equal(QueryRefusal.Behind, anonymous.Check(ClusterWorld.Genesis, SessionKey, 49, Now));
        Assert.Equal(QueryRefusal.Expired, anonymous.Check(ClusterWorld.Genesis, SessionKey, 50, Now + 1001));
        Assert.Null(anonymous.Check(ClusterWorld.Genesis, SessionKey, 50, Now + 1000 - QueryRequest.LongestLife));
        Assert.Equal(QueryRefusal.ExpiresTooLate, anonymous.Check(ClusterWorld.Genesis, SessionKey, 50, Now + 999 - QueryRequest.LongestLife));
        QueryBody forged = new(Request, new(new QueryCaller(new AccountId(Stranger.PublicKey), new MultiSignature(SignatureScheme.Sr25519, new byte[64]))));
        Assert.Equal(QueryRefusal.BadSignature, forged.Check(ClusterWorld.Genesis, SessionKey, 50, Now));
    }

    private static QueryAnswer Sign(FreshnessRecord record) => QueryAnswer.Sign(record, Outcome, Session, ClusterWorld.Bytes("e"));

    private static Dictionary<string, (AnswerVerdict Verdict, FreshnessRecord Record, AnswerExpectation Expectation)> AllCases() => new()
    {
        ["all as it should be"] = (AnswerVerdict.Verified, Record, Expectation),
        ["anchored where that is wanted"] = (AnswerVerdict.Verified, Record, Expectation with { RequireAnchored = true }),
        ["newer than the client"] = (AnswerVerdict.Verified, Record with { Finalized = new BlockId(Other, 61) }, Expectation),
        ["older than the client"] = (AnswerVerdict.Verified, Record with { Finalized = new BlockId(Other, 59) }, Expectation),
        ["as old as may be"] = (AnswerVerdict.Verified, Record with { ViewTime = Now - 60_000 }, Expectation),
        ["as late as clocks may differ"] = (AnswerVerdict.Verified, Record with { ViewTime = Now + AnswerExpectation.ClockTolerance }, Expectation),
        ["in the lease's last block"] = (AnswerVerdict.Verified, Record with { LeaseEnd = 60 }, Expectation with { LeaseEnd = 60 }),
        ["genesis"] = (AnswerVerdict.WrongChain, Record with { Genesis = Other }, Expectation),
        ["cluster"] = (AnswerVerdict.WrongCluster, Record with { Cluster = Other }, Expectation),
        ["contract"] = (AnswerVerdict.WrongContract, Record with { Contract = Other }, Expectation),
        ["session"] = (AnswerVerdict.WrongSession, Record with { Session = new(Stranger.PublicKey) }, Expectation),
        ["query"] = (AnswerVerdict.WrongQuery, Record with { QueryHash = Other }, Expectation),
        ["nonce"] = (AnswerVerdict.WrongNonce, Record with { ClientNonce = default }, Expectation),
        ["the session ended for the client"] = (AnswerVerdict.LeaseOver, Record, Expectation with { LeaseEnd = 59 }),
        ["the session ended for the worker"] = (AnswerVerdict.LeaseOver, Record with { LeaseEnd = 59 }, Expectation),
        ["behind"] = (AnswerVerdict.Behind, Record with { Finalized = new BlockId(Other, 49) }, Expectation),
        ["another history"] = (AnswerVerdict.OtherHistory, Record with { Finalized = new BlockId(Other, 60) }, Expectation),
        ["stale"] = (AnswerVerdict.Stale, Record with { ViewTime = Now - 60_001 }, Expectation),
        ["from the future"] = (AnswerVerdict.FromTheFuture, Record with { ViewTime = Now + AnswerExpectation.ClockTolerance + 1 }, Expectation),
        ["contradicted"] = (AnswerVerdict.Contradicted, Record with { StateRoot = Other }, Expectation),
        ["no anchor where one is wanted"] = (AnswerVerdict.NotAnchored, Record, Expectation with { RequireAnchored = true, Anchor = default }),
        ["an older anchor where one is wanted"] = (AnswerVerdict.NotAnchored, Record with { Count = 10, StateRoot = Other }, Expectation with { RequireAnchored = true }),
    };
}
