using System.Net;
using Phala.Codec;
using Phala.Relayer.Metrics;
using Phala.Runtime.Interface.Queue;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Interface.Sync;

namespace Phala.Tests.Relayer;

/// <summary>A worker that believes everything, stands where the test says, and fails at its cluster's next entry whenever that is brought.</summary>
internal sealed class FakeWorker(SyncStatus status) : HttpMessageHandler
{
    private readonly Lock _lock = new();

    public RelayerMetrics Metrics { get; } = new();

    public List<string> Calls { get; } = [];

    /// <summary>Where deliveries began, in order.</summary>
    public List<ulong> Begun { get; } = [];

    public SyncStatus Status { get; private set; } = status;

    public static QueueHead At(ulong count) => new(count, default);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string method = request.RequestUri!.AbsolutePath[PrpcMethods.PathPrefix.Length..];
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        lock (_lock)
        {
            Calls.Add(method);
            byte[] reply = method switch
            {
                PrpcMethods.SyncStatus => Scale.Encode(Status),
                PrpcMethods.BeginEntries => Scale.Encode(Begin(Read<EntryHashes>(body))),
                PrpcMethods.DispatchEntries => Scale.Encode(Dispatch(Read<EntryBatch>(body))),
                PrpcMethods.Advance => Scale.Encode(new SyncReply(SyncOutcome.AdvanceRefused, "NotJustified at 0: a reason \"quoted\"", Status)),
                _ => Scale.Encode(new SyncReply(SyncOutcome.Malformed, method, Status)),
            };
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoded.Schema.Encode(new Encoded { EncodedValue = reply })) };
        }
    }

    private static T Read<T>(byte[] body)
        where T : IScale<T> => Encoded.Schema.Decode(body, out Encoded encoded) == ProtoError.None ? Scale.Decode<T>(encoded.EncodedValue).Value! : throw new InvalidDataException("No request.");

    private SyncReply Begin(EntryHashes request)
    {
        if ((ulong)request.Hashes.Length != Status.Queue.Count - request.From.Count) return new SyncReply(SyncOutcome.HashesRefused, "", Status);
        Begun.Add(request.From.Count);
        Channel[] channels = [.. Status.Streams.ToArray().Where(stream => stream.Applied == request.From).Select(stream => stream.Channel)];
        Status = Status with { Delivery = new(new DeliveryStatus(request.From, Status.Queue, request.From.Count + 1, [.. channels])) };
        return new SyncReply(SyncOutcome.Taken, "", Status);
    }

    private SyncReply Dispatch(EntryBatch batch)
    {
        if (!Status.Delivery.TryGet(out DeliveryStatus? delivery)) return new SyncReply(SyncOutcome.NoDelivery, "", Status);
        ulong before = delivery.Next - 1, after = before + (ulong)batch.Entries.Length;
        Status = Status with
        {
            Streams = [.. Status.Streams.ToArray().Select(stream => stream.Applied.Count == before && stream.State == StreamState.Running ? stream with { Applied = At(after) } : stream)],
            Delivery = after == delivery.To.Count ? default : new(delivery with { Next = after + 1 }),
        };
        return new SyncReply(SyncOutcome.Taken, "", Status);
    }
}
