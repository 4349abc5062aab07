using Phala.Contracts.Hosting;

namespace Phala.Contracts.Queries;

/// <summary>What a server answered, or why it did not.</summary>
public sealed class HttpResponse
{
    private HttpResponse(ushort status, string reason, HttpHeader[] headers, byte[] body) => (Status, Reason, Headers, Body) = (status, reason, headers, body);

    /// <summary>The status: of the server's, or 523 where it was not reached and 524 where it did not end.</summary>
    public ushort Status { get; }

    /// <summary>The status in words.</summary>
    public string Reason { get; }

    /// <summary>What stands before the body.</summary>
    public HttpHeader[] Headers { get; }

    /// <summary>The body.</summary>
    public byte[] Body { get; }

    /// <summary>Whether the status is between 200 and 299.</summary>
    public bool IsSuccess => Status >= 200 && Status < 300;

    internal static HttpResponse Failed(ushort status, string reason) => new(status, reason, [], []);

    internal static HttpResponse Decode(Decoder input)
    {
        ushort status = input.ReadUInt16();
        string reason = input.ReadString();
        HttpHeader[] headers = new HttpHeader[input.ReadCount(2)];
        for (int index = 0; index < headers.Length; index++)
        {
            string name = input.ReadString();
            headers[index] = new HttpHeader(name, input.ReadString());
        }

        return new HttpResponse(status, reason, headers, input.ReadBytes());
    }
}
