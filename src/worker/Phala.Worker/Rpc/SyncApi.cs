using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Clusters;
using Phala.Worker.Boot;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Sync;

namespace Phala.Worker.Rpc;

/// <summary>The methods for relayers: on the private listener alone.</summary>
/// <param name="core">The worker.</param>
internal sealed class SyncApi(WorkerCore core)
{
    private const int Small = 1024, GenesisLimit = 4 * 1024 * 1024, AdvanceLimit = 64 * 1024 * 1024, HashesLimit = 4 * 1024 * 1024, EntriesLimit = 64 * 1024 * 1024;

    /// <summary>So many bytes of reports are given at once, and one at least.</summary>
    private const int MostReportBytes = 16 * 1024 * 1024;

    /// <summary>Adds the methods.</summary>
    public void AddTo(PrpcTable table) => table
        .Add<Empty, Encoded>(PrpcMethods.SyncStatus, false, Small, _ => Give(core.Status()))
        .Add<Encoded, Encoded>(PrpcMethods.BeginSync, false, GenesisLimit, request => Take<GenesisInfo>(request, core.Begin))
        .Add<Encoded, Encoded>(PrpcMethods.Advance, false, AdvanceLimit, request => TakeBegun<AdvanceRequest>(request, static (engine, advance) => engine.Advance(advance)))
        .Add<Encoded, Encoded>(PrpcMethods.ReportConflict, false, AdvanceLimit, request => TakeBegun<ConflictReport>(request, static (engine, report) => engine.ReportConflict(report)))
        .Add<Encoded, Encoded>(PrpcMethods.ProveWaypoint, false, HashesLimit, request => TakeBegun<EntryHashes>(request, static (engine, hashes) => engine.ProveWaypoint(hashes)))
        .Add<Encoded, Encoded>(PrpcMethods.BeginEntries, false, HashesLimit, request => TakeBegun<EntryHashes>(request, static (engine, hashes) => engine.BeginEntries(hashes)))
        .Add<Encoded, Encoded>(PrpcMethods.DispatchEntries, false, EntriesLimit, request => TakeBegun<EntryBatch>(request, static (engine, batch) => engine.DispatchEntries(batch)))
        .AddAsync<Empty, GetEgressMessagesResponse>(PrpcMethods.GetEgressMessages, false, Small, (_, _) => GiveMessagesAsync())
        .Add<Empty, Encoded>(PrpcMethods.GetReports, false, Small, _ => Give<VecCodec<SignedClusterReport, SignedClusterReport>, Vec<SignedClusterReport>>(FirstReports(core.View.Reports)))
        .Add<Empty, Encoded>(PrpcMethods.GetSessionClaim, false, Small, _ => core.Engine?.Claim() is { } claim ? Give(claim) : Refuse("The worker makes no claim: it has not begun, or has stopped."))
        .Add<Empty, Encoded>(PrpcMethods.GetRegistration, false, Small, _ => core.Register() is { } registration ? Give(registration) : Refuse("The worker has not begun."))
        .Add<Empty, Encoded>(PrpcMethods.GetFaults, false, Small, _ => Give<VecCodec<SignedFaultReport, SignedFaultReport>, Vec<SignedFaultReport>>(core.View.Faults))
        .Add<Empty, Encoded>(PrpcMethods.GetEvidence, false, Small, _ => core.View.Evidence is { } evidence ? Give(evidence) : Refuse("There is no evidence: the worker has seen one history."))
        .Add<Empty, GetEndpointResponse>(PrpcMethods.GetEndpointInfo, false, Small, _ => GiveEndpoints())
        .Add<AddEndpointRequest, GetEndpointResponse>(PrpcMethods.AddEndpoint, false, Small, request => Sign([request.Endpoint]))
        .Add<SignEndpointsRequest, GetEndpointResponse>(PrpcMethods.SignEndpointInfo, false, 16 * Small, SignList)
        .Add<Empty, GetEndpointResponse>(PrpcMethods.RefreshEndpointSigningTime, false, Small, _ => Sign(null));

    private static Result<Encoded, PrpcRefusal> Give<T>(T value)
        where T : IScale<T> => Give<T, T>(value);

    private static Result<Encoded, PrpcRefusal> Give<TCodec, T>(T value)
        where TCodec : IScaleCodec<T> => Result<Encoded, PrpcRefusal>.Ok(new Encoded { EncodedValue = Scale.Encode<TCodec, T>(value) });

    private static Result<Encoded, PrpcRefusal> Refuse(string message) => Result<Encoded, PrpcRefusal>.Err(new PrpcRefusal(message));

    private static Result<Encoded, PrpcRefusal> Take<T>(Encoded request, Func<T, SyncReply> take)
        where T : IScale<T>
    {
        DecodeResult<T> decoded = Scale.Decode<T>(request.EncodedValue);
        return decoded.TryGet(out T? value) ? Give(take(value)) : Result<Encoded, PrpcRefusal>.Err(new PrpcRefusal($"DecodeError({decoded})", PrpcStatus.BadRequest));
    }

    private Result<Encoded, PrpcRefusal> TakeBegun<T>(Encoded request, Func<SyncEngine, T, SyncReply> take)
        where T : IScale<T> => Take<T>(request, value => core.Engine is { } engine ? take(engine, value) : new SyncReply(SyncOutcome.NotBegun, "", core.Status()));

    /// <summary>A message is given away when it is durable: after a restart its number belongs to it.</summary>
    private async ValueTask<Result<GetEgressMessagesResponse, PrpcRefusal>> GiveMessagesAsync()
    {
        Vec<OutboundMessages> messages = core.View.Messages;
        if (messages.Length > 0 && !await core.FlushAsync().ConfigureAwait(false)) return Result<GetEgressMessagesResponse, PrpcRefusal>.Err(new PrpcRefusal("What is to be sent can't be written first."));
        return Result<GetEgressMessagesResponse, PrpcRefusal>.Ok(new GetEgressMessagesResponse { EncodedMessages = Scale.Encode<VecCodec<OutboundMessages, OutboundMessages>, Vec<OutboundMessages>>(messages) });
    }

    private static Vec<SignedClusterReport> FirstReports(IReadOnlyList<SignedClusterReport> reports)
    {
        List<SignedClusterReport> first = [];
        int bytes = 0;
        foreach (SignedClusterReport report in reports)
        {
            bytes += Scale.EncodedLength(report);
            if (first.Count > 0 && bytes > MostReportBytes) break;
            first.Add(report);
        }

        return [.. first];
    }

    private Result<GetEndpointResponse, PrpcRefusal> SignList(SignEndpointsRequest request) =>
        Scale.Decode<VecCodec<StringCodec, string>, Vec<string>>(request.EncodedEndpoints).TryGet(out Vec<string> endpoints)
            ? Sign(endpoints)
            : Result<GetEndpointResponse, PrpcRefusal>.Err(new PrpcRefusal("DecodeError: the endpoints are no list of texts.", PrpcStatus.BadRequest));

    private Result<GetEndpointResponse, PrpcRefusal> Sign(Vec<string>? endpoints) =>
        core.Endpoints.Sign(endpoints, core.View.Head?.ViewTime ?? 0) is { } wrong ? Result<GetEndpointResponse, PrpcRefusal>.Err(new PrpcRefusal(wrong)) : GiveEndpoints();

    private Result<GetEndpointResponse, PrpcRefusal> GiveEndpoints()
    {
        GetEndpointResponse response = new();
        if (core.Endpoints.Signed is { } signed) (response.EncodedEndpointPayload, response.Signature) = (signed.Payload, signed.Signature.AsSpan().ToArray());
        return Result<GetEndpointResponse, PrpcRefusal>.Ok(response);
    }
}
