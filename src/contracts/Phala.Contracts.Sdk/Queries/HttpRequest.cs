using Phala.Contracts.Hosting;

namespace Phala.Contracts.Queries;

/// <summary>A request over HTTP.</summary>
/// <param name="method">Such as <c>GET</c>.</param>
/// <param name="url">Where it goes.</param>
public sealed class HttpRequest(string method, string url)
{
    /// <summary>Such as <c>GET</c>.</summary>
    public string Method { get; } = method;

    /// <summary>Where it goes.</summary>
    public string Url { get; } = url;

    /// <summary>What stands before its body.</summary>
    public HttpHeader[] Headers { get; init; } = [];

    /// <summary>Its body.</summary>
    public byte[] Body { get; init; } = [];

    internal void Encode(Encoder output)
    {
        output.WriteString(Url);
        output.WriteString(Method);
        output.WriteCompact(Headers.Length);
        for (int index = 0; index < Headers.Length; index++)
        {
            output.WriteString(Headers[index].Name);
            output.WriteString(Headers[index].Value);
        }

        output.WriteBytes(Body);
    }
}
