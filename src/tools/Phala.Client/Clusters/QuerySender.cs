using System.Security.Cryptography;
using Phala.Client.Transactions;
using Phala.Client.Workers;
using Phala.Codec;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Queries;

namespace Phala.Client.Clusters;

/// <summary>Seals queries to sessions that the chain proves, and believes answers only by <see cref="AnswerVerifier"/>.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="contract">The contract.</param>
internal sealed class QuerySender(ClusterClient cluster, Hash256 contract)
{
    /// <summary>So often a query is asked again, or another member, before the failure is told.</summary>
    private const int Attempts = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private TimeProvider Time => cluster.Options.Time;

    private ulong Now => (ulong)Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Asks.</summary>
    /// <param name="data">What.</param>
    /// <param name="caller">Who; null for nobody in particular: what a contract is asked is then signed by a key that is made for it.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<VerifiedAnswer>> AskAsync(InkQueryData data, AccountSigner? caller, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            ClientResult<ClusterFacts> known = await cluster.FactsAsync(stop).ConfigureAwait(false);
            if (!known.TryGet(out ClusterFacts? facts, out ClientFailure? failure)) return failure;
            ClientResult<ClusterMember> chosen = cluster.Choose(facts);
            if (!chosen.TryGet(out ClusterMember? member, out failure)) return failure;
            ClientResult<VerifiedAnswer> answer = await AskAsync(member, facts, data, caller, stop).ConfigureAwait(false);
            if (answer.IsOk || attempt == Attempts || !MayPass(answer.Failure!)) return answer;
            await Task.Delay(Pause, Time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Asks one member once.</summary>
    /// <param name="member">The member.</param>
    /// <param name="data">What.</param>
    /// <param name="caller">Who; null for nobody in particular: what a contract is asked is then signed by a key that is made for it.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<VerifiedAnswer>> AskAsync(ClusterMember member, InkQueryData data, AccountSigner? caller, CancellationToken stop)
    {
        ClientResult<ClusterFacts> known = await cluster.FactsAsync(stop).ConfigureAwait(false);
        return known.TryGet(out ClusterFacts? facts, out ClientFailure? failure) ? await AskAsync(member, facts, data, caller, stop).ConfigureAwait(false) : failure;
    }

    /// <summary>Whether another member, or the same a little later, may do better.</summary>
    private static bool MayPass(ClientFailure failure) =>
        failure.Error is ClientError.Unreachable or ClientError.Closed or ClientError.Timeout or ClientError.WorkerError or ClientError.NotVerified or ClientError.QueryRefused;

    private async Task<ClientResult<VerifiedAnswer>> AskAsync(ClusterMember member, ClusterFacts facts, InkQueryData data, AccountSigner? caller, CancellationToken stop)
    {
        QueryRequest request = Request(facts, data);
        using AccountSigner? own = caller is null && IsOfContract(data) ? AccountSigner.OneTime() : null;
        if (Seal(member, request, caller ?? own, out SealedQuery? query, out AnswerKey? answerKey) is { } problem) return problem;
        using (answerKey)
        {
            byte[] sealedQuery = Scale.Encode(query!);
            ClientResult<byte[]> reply = await new WorkerClient(cluster.Http, member.Address).CallAsync(PrpcMethods.Query, sealedQuery, stop).ConfigureAwait(false);
            if (!reply.TryGet(out byte[]? envelope, out ClientFailure? failure)) return failure;
            EnvelopeError error = answerKey!.TryOpen(envelope, out QueryAnswer? answer);
            if (error != EnvelopeError.None) return new ClientFailure(ClientError.NotVerified, $"The answer of {member.Address} does not open: {error}.");
            ClientResult<VerifiedAnswer> verified = await VerifyAsync(member, request, answer!, stop).ConfigureAwait(false);
            return verified.Then<VerifiedAnswer>(own => own with { SealedQuery = sealedQuery, SealedAnswer = envelope });
        }
    }

    /// <summary>Whether a contract runs, and learns who asks: zeros, which stand for nobody, are to contracts of ink! who has given a right up, and a worker does not let anybody ask as that.</summary>
    private static bool IsOfContract(InkQueryData data) => data is InkQueryData.InkMessage or InkQueryData.InkInstantiate;

    private QueryRequest Request(ClusterFacts facts, InkQueryData data)
    {
        Span<byte> nonce = stackalloc byte[QueryNonce.Size];
        RandomNumberGenerator.Fill(nonce);
        uint head = facts.Head.Block.Number, least = head > cluster.Options.MaxLag ? head - cluster.Options.MaxLag : 0;
        ulong expiry = Math.Max(Now, facts.Head.ViewTime) + (ulong)cluster.Options.QueryLife.TotalMilliseconds;
        return new QueryRequest(contract, data, new QueryNonce(nonce), least, expiry);
    }

    private ClientFailure? Seal(ClusterMember member, QueryRequest request, AccountSigner? caller, out SealedQuery? query, out AnswerKey? answerKey)
    {
        Hash256 genesis = cluster.Verified.Genesis;
        Option<QueryCaller> asks = caller is null
            ? Option<QueryCaller>.None
            : new(new QueryCaller(caller.Account, caller.Sign(QueryCaller.SigningBytes(genesis, member.Session.SigningKey, request))));
        Span<byte> entropy = stackalloc byte[32];
        RandomNumberGenerator.Fill(entropy);
        EnvelopeError error = QueryEnvelope.Seal(
            genesis, cluster.Id, member.Session.SigningKey, member.Session.EncryptionKey, new QueryBody(request, asks), entropy, out query, out answerKey);
        return error == EnvelopeError.None ? null : new ClientFailure(ClientError.NotSealed, $"The query was not sealed: {error}.");
    }

    /// <summary>
    /// An answer is held against what the chain proves when it comes: a session that has been replaced meanwhile answers nothing any more. A node that hides newer blocks could hide that, and so what it
    /// shows must not be older than an answer may be.
    /// </summary>
    private async Task<ClientResult<VerifiedAnswer>> VerifyAsync(ClusterMember member, QueryRequest request, QueryAnswer answer, CancellationToken stop)
    {
        long begin = Time.GetTimestamp();
        while (true)
        {
            ClientResult<ClusterFacts> known = await cluster.FactsAsync(stop).ConfigureAwait(false);
            if (!known.TryGet(out ClusterFacts? facts, out ClientFailure? failure)) return failure;
            if (facts.Members.FirstOrDefault(candidate => candidate.Identity == member.Identity) is not { } current)
            {
                return new ClientFailure(ClientError.NotVerified, $"{member.Address} is no member with a session any more.");
            }

            AnswerVerdict verdict = AnswerVerifier.Verify(answer, Expectation(facts, current, request), out Anchoring anchoring);
            if (verdict == AnswerVerdict.Verified) return IsOld(facts) ? Hidden(facts) : Open(answer, member, anchoring);
            if (verdict != AnswerVerdict.NotAnchored || IsPast(facts, answer) || Time.GetElapsedTime(begin) > cluster.Options.ReceiptTimeout)
            {
                return new ClientFailure(ClientError.NotVerified, $"The answer of {member.Address} is not to be believed: {verdict}.");
            }

            await Task.Delay(Pause, Time, stop).ConfigureAwait(false);
        }
    }

    private bool IsOld(ClusterFacts facts) => Now > facts.Head.ViewTime && Now - facts.Head.ViewTime > (ulong)cluster.Options.MaxAge.TotalMilliseconds;

    private ClientFailure Hidden(ClusterFacts facts) =>
        new(ClientError.NotVerified, $"The node shows no newer final block than {facts.Head.Block.Number}, which is more than {cluster.Options.MaxAge.TotalSeconds:F0} s old.");

    private AnswerExpectation Expectation(ClusterFacts facts, ClusterMember member, QueryRequest request) => new(
        cluster.Verified.Genesis, cluster.Id, member.Session.SigningKey, member.Session.LeaseEnd, request, facts.Head.Block, facts.Anchor, Now,
        (ulong)cluster.Options.MaxAge.TotalMilliseconds, cluster.Options.RequireAnchored);

    /// <summary>Whether the chain holds a later state already: the answer's will not be held any more.</summary>
    private static bool IsPast(ClusterFacts facts, QueryAnswer answer) => facts.Anchor.TryGet(out var anchor) && anchor.Queue.Count > answer.Record.Count;

    private ClientResult<VerifiedAnswer> Open(QueryAnswer answer, ClusterMember member, Anchoring anchoring) => answer.Outcome switch
    {
        QueryOutcome.Returned returned => new VerifiedAnswer(returned.Data, member, answer, anchoring, TimeSpan.FromMilliseconds(Math.Max(0, (double)Now - answer.Record.ViewTime))),
        QueryOutcome.Refused refused => new ClientFailure(ClientError.QueryRefused, $"{member.Address} does not answer: {refused.Reason}."),
        _ => new ClientFailure(ClientError.UnexpectedAnswer, "The worker's answer is none."),
    };
}
