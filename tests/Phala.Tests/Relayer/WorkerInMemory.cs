using System.Net;
using Phala.Tests.Worker;
using Phala.Worker.Interface.Prpc;

namespace Phala.Tests.Relayer;

/// <summary>A worker without its doors, for a relayer that calls it by HTTP; what is called is noted.</summary>
/// <param name="worker">The worker.</param>
internal sealed class WorkerInMemory(TestWorker worker) : HttpMessageHandler
{
    private readonly Lock _lock = new();

    public List<string> Calls { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string method = request.RequestUri!.AbsolutePath[PrpcMethods.PathPrefix.Length..];
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        lock (_lock)
        {
            Calls.Add(method);
            return worker.Call(method, body) is { } reply
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(reply) }
                : new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new ByteArrayContent([]) };
        }
    }
}
