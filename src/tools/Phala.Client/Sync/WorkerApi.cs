using Phala.Client.Workers;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Sync;

namespace Phala.Client.Sync;

/// <summary>The part of a worker's RPC that relayers use, with its SCALE values.</summary>
/// <param name="worker">The worker's private listener.</param>
public sealed class WorkerApi(WorkerClient worker)
{
    /// <summary>Where the worker listens.</summary>
    public Uri Address => worker.Address;

    /// <summary>Where it stands.</summary>
    public Task<ClientResult<SyncStatus>> StatusAsync(CancellationToken stop) => ReadAsync<SyncStatus, SyncStatus>(PrpcMethods.SyncStatus, stop);

    /// <summary>Begins it.</summary>
    public Task<ClientResult<SyncReply>> BeginAsync(GenesisInfo genesis, CancellationToken stop) => BringAsync(PrpcMethods.BeginSync, genesis, stop);

    /// <summary>Brings newer blocks or facts.</summary>
    public Task<ClientResult<SyncReply>> AdvanceAsync(AdvanceRequest request, CancellationToken stop) => BringAsync(PrpcMethods.Advance, request, stop);

    /// <summary>Proves a position of the queue.</summary>
    public Task<ClientResult<SyncReply>> ProveWaypointAsync(EntryHashes hashes, CancellationToken stop) => BringAsync(PrpcMethods.ProveWaypoint, hashes, stop);

    /// <summary>Announces entries.</summary>
    public Task<ClientResult<SyncReply>> BeginEntriesAsync(EntryHashes hashes, CancellationToken stop) => BringAsync(PrpcMethods.BeginEntries, hashes, stop);

    /// <summary>Brings entries.</summary>
    public Task<ClientResult<SyncReply>> DispatchAsync(EntryBatch batch, CancellationToken stop) => BringAsync(PrpcMethods.DispatchEntries, batch, stop);

    /// <summary>Its session's claim.</summary>
    public Task<ClientResult<SignedSessionClaim>> SessionClaimAsync(CancellationToken stop) => ReadAsync<SignedSessionClaim, SignedSessionClaim>(PrpcMethods.GetSessionClaim, stop);

    /// <summary>Its registration.</summary>
    public Task<ClientResult<Registration>> RegistrationAsync(CancellationToken stop) => ReadAsync<Registration, Registration>(PrpcMethods.GetRegistration, stop);

    /// <summary>Its reports that wait.</summary>
    public Task<ClientResult<Vec<SignedClusterReport>>> ReportsAsync(CancellationToken stop) =>
        ReadAsync<VecCodec<SignedClusterReport, SignedClusterReport>, Vec<SignedClusterReport>>(PrpcMethods.GetReports, stop);

    /// <summary>Its messages that wait.</summary>
    public async Task<ClientResult<Vec<OutboundMessages>>> MessagesAsync(CancellationToken stop)
    {
        ClientResult<GetEgressMessagesResponse> reply = await worker.CallAsync<Empty, GetEgressMessagesResponse>(PrpcMethods.GetEgressMessages, new Empty(), stop).ConfigureAwait(false);
        return reply.Then(message => Decode<VecCodec<OutboundMessages, OutboundMessages>, Vec<OutboundMessages>>(PrpcMethods.GetEgressMessages, message.EncodedMessages));
    }

    /// <summary>Where it is to be found, signed.</summary>
    public async Task<ClientResult<(WorkerEndpointPayload Payload, Vec<byte> Signature)>> EndpointAsync(CancellationToken stop)
    {
        ClientResult<GetEndpointResponse> reply = await worker.CallAsync<Empty, GetEndpointResponse>(PrpcMethods.GetEndpointInfo, new Empty(), stop).ConfigureAwait(false);
        return reply.Then<(WorkerEndpointPayload, Vec<byte>)>(message => message is { EncodedEndpointPayload: { } payload, Signature: { } signature } && Scale.Decode<WorkerEndpointPayload>(payload).TryGet(out WorkerEndpointPayload? read)
            ? (read, Vec.Create<byte>(signature))
            : Unexpected(PrpcMethods.GetEndpointInfo));
    }

    /// <summary>Tells it where clients are to find it.</summary>
    public async Task<ClientResult<bool>> AddEndpointAsync(Uri endpoint, CancellationToken stop)
    {
        AddEndpointRequest request = new() { EncodedEndpointType = [1], Endpoint = endpoint.ToString().TrimEnd('/') };
        return (await worker.CallAsync<AddEndpointRequest, GetEndpointResponse>(PrpcMethods.AddEndpoint, request, stop).ConfigureAwait(false)).Then<bool>(_ => true);
    }

    private async Task<ClientResult<SyncReply>> BringAsync<T>(string method, T request, CancellationToken stop)
        where T : IScale<T> => (await worker.CallAsync(method, Scale.Encode(request), stop).ConfigureAwait(false)).Then(bytes => Decode<SyncReply, SyncReply>(method, bytes));

    private async Task<ClientResult<T>> ReadAsync<TCodec, T>(string method, CancellationToken stop)
        where TCodec : IScaleCodec<T>
    {
        ClientResult<Encoded> reply = await worker.CallAsync<Empty, Encoded>(method, new Empty(), stop).ConfigureAwait(false);
        return reply.Then(message => Decode<TCodec, T>(method, message.EncodedValue));
    }

    private ClientResult<T> Decode<TCodec, T>(string method, byte[] bytes)
        where TCodec : IScaleCodec<T> => Scale.Decode<TCodec, T>(bytes).TryGet(out T? value) ? value : Unexpected(method);

    private ClientFailure Unexpected(string method) => new(ClientError.UnexpectedAnswer, $"{worker.Address} answered {method} with what is no reply to it.");
}
