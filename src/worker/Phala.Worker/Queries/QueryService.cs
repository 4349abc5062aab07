using System.Diagnostics;
using System.Security.Cryptography;
using Phala.Chain;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Keys;
using Phala.Worker.Rpc;
using Phala.Worker.Sync;

namespace Phala.Worker.Queries;

/// <summary>Answers sealed queries from what the engine published.</summary>
/// <remarks>
/// <b>Trust.</b> An answer is sealed for who asked and signed by the session with what it was read from. Whether that is new enough, and the session still the worker's, the client decides by its own light client: this
/// worker's clock is the chain as a relayer let it see.
/// </remarks>
/// <param name="session">This boot's session.</param>
/// <param name="view">What is published now.</param>
/// <param name="pool">Where queries run.</param>
/// <param name="gas">What a query may take.</param>
/// <param name="longest">How long one may run, whatever it has to wait for.</param>
internal sealed class QueryService(BootSession session, Func<EngineView> view, QueryPool pool, ulong gas, TimeSpan longest)
{
    /// <summary>How many queries there were.</summary>
    public QueryStatistics Statistics { get; } = new();

    /// <summary>Answers a query.</summary>
    public async ValueTask<Result<byte[], PrpcRefusal>> AskAsync(SealedQuery query)
    {
        long begun = Stopwatch.GetTimestamp();
        EngineView seen = view();
        if (seen.NotServing is { } reason || !seen.Clusters.TryGetValue(query.Cluster, out ClusterServing? cluster)) return Refuse(default, QueryOutcomeKind.NotServing, begun, seen.NotServing is { } why ? $"Not serving: {why}." : "Not serving: the worker does not execute this cluster up to the head.");
        if (query.Session != session.SigningKey) return Refuse(default, QueryOutcomeKind.NotOpened, begun, "The query is for another session of this worker: read the session that the chain has.");
        Hash256 flow = cluster.View.HasContract(query.Contract) ? query.Contract : default;
        QueryOutcomeKind outcome = QueryOutcomeKind.Dropped;
        byte[]? answer = await pool.RunAsync(flow, flow == default ? 1 : cluster.View.WeightOf(flow), () => Run(seen, cluster, query, out outcome)).ConfigureAwait(false);
        if (answer is null) return Refuse(flow, QueryOutcomeKind.Dropped, begun, "Busy: too many queries wait.");
        if (answer.Length == 0) return Refuse(flow, QueryOutcomeKind.NotOpened, begun, "The query does not open: it is for another chain, cluster, contract or session.");
        Statistics.Add(flow, outcome, Stopwatch.GetElapsedTime(begun));
        return Result<byte[], PrpcRefusal>.Ok(answer);
    }

    private byte[] Run(EngineView seen, ClusterServing cluster, SealedQuery query, out QueryOutcomeKind kind)
    {
        kind = QueryOutcomeKind.NotOpened;
        Hash256 genesis = seen.Head!.State.Genesis;
        if (QueryEnvelope.TryOpen(genesis, session.SigningKey, session.Encryption, query, out QueryBody? body, out AnswerKey? key) != EnvelopeError.None) return [];
        using (key)
        {
            QueryRefusal? refusal = body!.Check(genesis, session.SigningKey, cluster.Finalized.Number, cluster.ViewTime);
            if (cluster.Finalized.Number > seen.LeaseEnd) refusal = QueryRefusal.LeaseOver;
            using CancellationTokenSource limit = new(longest);
            AccountId? caller = body.Caller.TryGet(out QueryCaller? asked) ? asked.Account : null;
            QueryRun run = refusal is { } why ? new QueryRun(new QueryOutcome.Refused(why), default, 0) : cluster.View.Query(query.Contract, body.Request.Data, caller, gas, limit.Token);
            kind = run.Outcome is QueryOutcome.Returned ? QueryOutcomeKind.Answered : QueryOutcomeKind.Refused;
            return key!.Seal(QueryAnswer.Sign(Record(seen, cluster, query, body.Request, run), run.Outcome, session.Signer, RandomNumberGenerator.GetBytes(32)), RandomNumberGenerator.GetBytes(AnswerKey.EntropyLength));
        }
    }

    private FreshnessRecord Record(EngineView seen, ClusterServing cluster, SealedQuery query, QueryRequest request, in QueryRun run) => new(
        seen.Head!.State.Genesis,
        query.Cluster,
        query.Contract,
        run.CodeHash,
        cluster.View.State.Position.Count,
        cluster.Finalized,
        cluster.ViewTime,
        cluster.View.State.Root,
        cluster.Epoch,
        session.SigningKey,
        seen.LeaseEnd,
        request.Hash(),
        default,
        request.Nonce);

    private Result<byte[], PrpcRefusal> Refuse(in Hash256 flow, QueryOutcomeKind outcome, long begun, string message)
    {
        Statistics.Add(flow, outcome, Stopwatch.GetElapsedTime(begun));
        return Result<byte[], PrpcRefusal>.Err(new PrpcRefusal(message));
    }
}
