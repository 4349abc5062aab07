using System.Net.Http.Headers;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Client.Workers;

/// <summary>A worker's RPC: protobuf over HTTP. What it answers is its word alone; see <see cref="Clusters.ContractClient"/> for answers that are verified.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="address">Where the worker listens.</param>
public sealed class WorkerClient(HttpClient http, Uri address)
{
    /// <summary>The longest answer that is read, in bytes.</summary>
    public const int LongestAnswer = 16 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Protobuf = new("application/octet-stream");

    /// <summary>Where the worker listens.</summary>
    public Uri Address => address;

    /// <summary>What the worker says of itself.</summary>
    public Task<ClientResult<PhactoryInfo>> InfoAsync(CancellationToken stop = default) => CallAsync<Empty, PhactoryInfo>(PrpcMethods.GetInfo, new Empty(), stop);

    /// <summary>Calls a method whose request and reply are values in SCALE.</summary>
    /// <param name="method">One of <see cref="PrpcMethods"/>.</param>
    /// <param name="request">The request's encoding.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The reply's encoding.</returns>
    public async Task<ClientResult<byte[]>> CallAsync(string method, byte[] request, CancellationToken stop = default)
    {
        ClientResult<Encoded> reply = await CallAsync<Encoded, Encoded>(method, new Encoded { EncodedValue = request }, stop).ConfigureAwait(false);
        return reply.Then<byte[]>(encoded => encoded.EncodedValue);
    }

    /// <summary>Calls a method.</summary>
    /// <param name="method">One of <see cref="PrpcMethods"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<TReply>> CallAsync<TRequest, TReply>(string method, TRequest request, CancellationToken stop = default)
        where TRequest : class, IProtoMessage<TRequest>, new()
        where TReply : class, IProtoMessage<TReply>, new()
    {
        try
        {
            using ByteArrayContent content = new(TRequest.Schema.Encode(request));
            content.Headers.ContentType = Protobuf;
            using HttpRequestMessage post = new(HttpMethod.Post, new Uri(address, PrpcMethods.PathPrefix + method)) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(post, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            byte[]? bytes = await ReadAsync(response.Content, stop).ConfigureAwait(false);
            if (bytes is null) return new ClientFailure(ClientError.MessageTooLong, $"{address} answered {method} with more than {LongestAnswer} bytes.");
            if (!response.IsSuccessStatusCode) return Error(method, (int)response.StatusCode, bytes);
            return TReply.Schema.Decode(bytes, out TReply reply) == ProtoError.None ? reply : new ClientFailure(ClientError.UnexpectedAnswer, $"{address} answered {method} with what is no reply to it.");
        }
        catch (HttpRequestException exception)
        {
            return new ClientFailure(ClientError.Unreachable, $"{address}: {exception.Message}");
        }
        catch (IOException exception)
        {
            return new ClientFailure(ClientError.Closed, $"{address}: {exception.Message}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ClientFailure(ClientError.Timeout, $"{address} did not answer {method} in time.");
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken stop)
    {
        using Stream stream = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        using MemoryStream read = new();
        byte[] buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, stop).ConfigureAwait(false) is > 0 and int length)
        {
            if (read.Length + length > LongestAnswer) return null;
            read.Write(buffer, 0, length);
        }

        return read.ToArray();
    }

    private ClientFailure Error(string method, int status, byte[] bytes)
    {
        string words = PrpcError.Schema.Decode(bytes, out PrpcError error) == ProtoError.None && error.Message.Length > 0 ? error.Message : "no reason given";
        return new ClientFailure(ClientError.WorkerError, $"{address} does not do {method}: {words}", status);
    }
}
