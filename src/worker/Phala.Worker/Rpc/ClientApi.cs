using Phala.Chain;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Trie;
using Phala.Worker.Boot;
using Phala.Worker.Host;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Options;
using Phala.Worker.Queries;
using ContractId = Phala.Worker.Interface.Prpc.Messages.ContractId;

namespace Phala.Worker.Rpc;

/// <summary>The methods for clients: on both listeners.</summary>
internal sealed class ClientApi(WorkerCore core, QueryService queries, WorkerInfo info, WorkerOptions options, TimeProvider time)
{
    private const int Small = 1024, ListLimit = 64 * 1024, QueryLimit = 2 * 1024 * 1024, MostContracts = 1024;
    private readonly long _begun = time.GetTimestamp();

    /// <summary>Adds the methods.</summary>
    public void AddTo(PrpcTable table) => table
        .Add<Empty, PhactoryInfo>(PrpcMethods.GetInfo, true, Small, _ => Result<PhactoryInfo, PrpcRefusal>.Ok(info.Read()))
        .AddAsync<Encoded, Encoded>(PrpcMethods.Query, true, QueryLimit, (request, _) => AskAsync(request))
        .Add<ContractQueryRequest, ContractQueryResponse>(PrpcMethods.ContractQuery, true, 500 * 1024, _ => Result<ContractQueryResponse, PrpcRefusal>.Err(
            new PrpcRefusal("This worker does not answer queries in the older envelope, which binds neither worker nor time. Use Query.")))
        .Add<GetContractInfoRequest, GetContractInfoResponse>(PrpcMethods.GetContractInfo, true, ListLimit, ListContracts)
        .Add<Empty, GetClusterInfoResponse>(PrpcMethods.GetClusterInfo, true, Small, _ => Result<GetClusterInfoResponse, PrpcRefusal>.Ok(new GetClusterInfoResponse { Info = FindCluster() }))
        .Add<ContractParameters, ContractId>(PrpcMethods.CalculateContractId, true, Small, Calculate)
        .Add<StatisticsReqeust, StatisticsResponse>(PrpcMethods.Statistics, true, ListLimit, Count)
        .Add<EchoMessage, EchoMessage>(PrpcMethods.Echo, false, ListLimit, request => Result<EchoMessage, PrpcRefusal>.Ok(request));

    private async ValueTask<Result<Encoded, PrpcRefusal>> AskAsync(Encoded request)
    {
        DecodeResult<SealedQuery> decoded = Scale.Decode<SealedQuery>(request.EncodedValue);
        if (!decoded.TryGet(out SealedQuery? query)) return Result<Encoded, PrpcRefusal>.Err(new PrpcRefusal($"DecodeError({decoded})", PrpcStatus.BadRequest));
        Result<byte[], PrpcRefusal> result = await queries.AskAsync(query).ConfigureAwait(false);
        return result.TryGet(out byte[]? answer, out PrpcRefusal? refusal) ? Result<Encoded, PrpcRefusal>.Ok(new Encoded { EncodedValue = answer }) : Result<Encoded, PrpcRefusal>.Err(refusal!);
    }

    private Result<GetContractInfoResponse, PrpcRefusal> ListContracts(GetContractInfoRequest request)
    {
        GetContractInfoResponse response = new();
        HashSet<Hash256> wanted = [];
        foreach (string text in request.Contracts)
        {
            if (TryReadHash(text, out Hash256 id)) wanted.Add(id);
        }

        bool isAll = request.Contracts.Count == 0;
        foreach (ClusterServing cluster in core.View.Clusters.Values)
        {
            IEnumerable<ContractSummary> found = isAll ? cluster.View.Contracts(MostContracts) : wanted.Select(id => cluster.View.Find(id)).OfType<ContractSummary>();
            foreach (ContractSummary contract in found) response.Contracts.Add(new ContractInfo { Id = Text(contract.Id), CodeHash = Text(contract.CodeHash), Weight = cluster.View.WeightOf(contract.Id) });
        }

        return Result<GetContractInfoResponse, PrpcRefusal>.Ok(response);
    }

    private ClusterInfo? FindCluster()
    {
        foreach ((Hash256 id, ClusterServing cluster) in core.View.Clusters)
        {
            return new ClusterInfo
            {
                Id = Text(id),
                RuntimeVersion = WorkerInfo.InterfaceVersion,
                StateRoot = Text(cluster.View.State.Root),
                SystemContract = cluster.View.SystemContract is { } system ? Text(system) : "",
                NumberOfContracts = (ulong)cluster.View.CountContracts(WorkerInfo.CountedContracts),
            };
        }

        return null;
    }

    private static Result<ContractId, PrpcRefusal> Calculate(ContractParameters request)
    {
        bool isRead = TryReadHash(request.Deployer, out Hash256 deployer) & TryReadHash(request.ClusterId, out Hash256 cluster) & TryReadHash(request.CodeHash, out Hash256 code) & TryReadBytes(request.Salt, out byte[] salt);
        if (!isRead || salt.Length > Runtime.Interface.Clusters.ContractId.MaxSalt) return Result<ContractId, PrpcRefusal>.Err(new PrpcRefusal("Deployer, cluster and code are 32 bytes in hexadecimal digits, the salt at most 128."));
        return Result<ContractId, PrpcRefusal>.Ok(new ContractId { Id = Text(Runtime.Interface.Clusters.ContractId.Of(new AccountId(deployer.AsSpan()), code, cluster, salt)) });
    }

    private Result<StatisticsResponse, PrpcRefusal> Count(StatisticsReqeust request)
    {
        QueryStats stats = new() { Global = new QueryCounters() };
        HashSet<string> wanted = [.. request.Contracts.Select(text => TryReadHash(text, out Hash256 id) ? Text(id) : "")];
        foreach ((Hash256 contract, ContractQueries counted) in queries.Statistics.ByContract())
        {
            stats.Global.Total += counted.Total;
            stats.Global.Dropped += counted.Dropped;
            stats.Global.Time += (ulong)counted.Milliseconds;
            if (contract == default || !(request.All || wanted.Contains(Text(contract)))) continue;
            stats.ByContract[Text(contract)] = new QueryCounters { Total = counted.Total, Dropped = counted.Dropped, Time = (ulong)counted.Milliseconds };
        }

        return Result<StatisticsResponse, PrpcRefusal>.Ok(new StatisticsResponse { Uptime = (ulong)time.GetElapsedTime(_begun).TotalSeconds, Cores = (uint)options.Cores, Query = stats });
    }

    private static string Text(in Hash256 hash) => Hex.Format(hash.AsSpan());

    private static bool TryReadHash(string text, out Hash256 hash)
    {
        bool isRead = TryReadBytes(text, out byte[] bytes) && bytes.Length == Hash256.Size;
        hash = isRead ? new Hash256(bytes) : default;
        return isRead;
    }

    private static bool TryReadBytes(string text, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        bytes = new byte[digits.Length / 2];
        return digits.Length % 2 == 0 && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
