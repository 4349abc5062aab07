using Phala.Clusters.Pink;
using Phala.Codec;

namespace Phala.Worker.Contracts;

/// <summary>Sends the HTTP requests of contracts' queries. Commands have none.</summary>
/// <remarks>
/// <b>Invariant.</b> Nothing that a contract asks for, or a server answers, throws, reaches what is not public (<see cref="AddressRule"/>), outlasts the deadline, or takes memory beyond what an answer may have.
/// <b>Trust.</b> Whoever answers an <c>https</c> request has a certificate of an authority that the program was built with. Names, routes and the clock that certificates are held against are the host's; by
/// <c>http</c> anybody between may answer.
/// </remarks>
/// <param name="options">What may be reached, and who vouches.</param>
internal sealed class ContractHttp(ContractHttpOptions options)
{
    /// <summary>The most requests of one call.</summary>
    public const int MostOfCall = 5;

    /// <summary>The most requests of the worker at once. What is beyond is not sent.</summary>
    public const int MostOfWorker = 64;

    /// <summary>No call takes longer, in milliseconds, whatever time a contract gives it.</summary>
    public const ulong LongestWait = 60_000;

    private int _underWay;

    /// <summary>Sends requests at once and waits for all of them.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="milliseconds">For how long at most.</param>
    /// <param name="end">Ends the wait before.</param>
    /// <returns>As many answers or failures, in the same order.</returns>
    public IReadOnlyList<Result<HttpResponse, HttpFailure>> Send(IReadOnlyList<HttpRequest> requests, ulong milliseconds, CancellationToken end)
    {
        if (requests.Count > MostOfCall) return All(requests, HttpFailure.TooManyRequests);
        if (milliseconds == 0) return All(requests, HttpFailure.Timeout);
        TimeSpan limit = TimeSpan.FromMilliseconds((long)Math.Min(milliseconds, LongestWait));
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(end);
        deadline.CancelAfter(limit);
        CancellationToken stop = deadline.Token;
        Task<Result<HttpResponse, HttpFailure>>[] sent = [.. requests.Select(request => Task.Run(() => SendAsync(request, limit, stop), CancellationToken.None))];
        return Task.WhenAll(sent).GetAwaiter().GetResult();
    }

    private static Result<HttpResponse, HttpFailure>[] All(IReadOnlyList<HttpRequest> requests, HttpFailure failure) => [.. requests.Select(_ => Result<HttpResponse, HttpFailure>.Err(failure))];

    private async Task<Result<HttpResponse, HttpFailure>> SendAsync(HttpRequest request, TimeSpan limit, CancellationToken deadline)
    {
        try
        {
            if (Interlocked.Increment(ref _underWay) > MostOfWorker) return Result<HttpResponse, HttpFailure>.Err(HttpFailure.TooManyRequests);
            return await new HttpExchange(options, limit, deadline).RunAsync(request).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What the base library throws at what a server sends is not for the query to end with.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Result<HttpResponse, HttpFailure>.Err(HttpFailure.NetworkError);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
