using Phala.Contracts.Hosting;

namespace Phala.Contracts.Queries;

/// <summary>Servers on the internet, as far as the worker lets contracts reach them.</summary>
public sealed class Http
{
    /// <summary>The status where a server was not reached.</summary>
    public const ushort Unreachable = 523;

    private const int Room = 192 * 1024;

    internal Http()
    {
    }

    /// <summary>Asks for a page. It may have at most 192 KiB with what stands before it.</summary>
    public HttpResponse Get(string url) => Send(new HttpRequest("GET", url));

    /// <summary>Sends a request and waits for its response, of at most 192 KiB.</summary>
    public HttpResponse Send(HttpRequest request)
    {
        const uint HttpRequest = 1;
        Encoder input = new(256);
        request.Encode(input);
        return HttpResponse.Decode(Host.CallExtension(HttpRequest, input, Room, out _));
    }

    /// <summary>Sends up to five requests at once and waits for all of them; their responses may have at most 192 KiB together.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="milliseconds">For how long.</param>
    /// <returns>As many responses in the same order; those that failed have the status 523.</returns>
    public HttpResponse[] SendAll(HttpRequest[] requests, ulong milliseconds)
    {
        const uint BatchHttpRequest = 22;
        Encoder input = new(1024);
        input.WriteCompact(requests.Length);
        for (int index = 0; index < requests.Length; index++) requests[index].Encode(input);
        input.WriteUInt64(milliseconds);
        Decoder output = Host.CallExtension(BatchHttpRequest, input, Room, out uint status);
        if (status != 0) Entry.Revert("The requests were not sent.");
        HttpResponse[] responses = new HttpResponse[output.ReadCount(2)];
        for (int index = 0; index < responses.Length; index++)
        {
            responses[index] = output.ReadByte() == 0 ? HttpResponse.Decode(output) : HttpResponse.Failed(Unreachable, Reason(output.ReadByte()));
        }

        return responses;
    }

    private static string Reason(byte error) => error switch
    {
        5 => "Timeout",
        6 => "NotAllowed",
        9 => "ResponseTooLarge",
        _ => "Unreachable",
    };
}
