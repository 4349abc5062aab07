using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Phala.Clusters.Pink;
using Phala.Codec;

namespace Phala.Worker.Contracts;

/// <summary>A request that may be sent, as far as its words tell: where it leads is decided when it is connected.</summary>
/// <param name="Target">Where to, by <c>http</c> or <c>https</c>.</param>
/// <param name="Method">The method.</param>
/// <param name="Headers">Headers by name, each once, none of them about the connection.</param>
/// <param name="Body">The content.</param>
internal sealed record OutgoingRequest(Uri Target, string Method, IReadOnlyDictionary<string, string> Headers, Vec<byte> Body)
{
    private const int LongestUrl = 8192, LongestMethod = 32, MostHeaders = 256, MostHeaderBytes = 64 * 1024;

    /// <summary>Headers that the client decides: whom a connection is to, how it goes on, and where a message in it ends.</summary>
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings", "Expect",
    };

    /// <summary>Headers that are for one server alone.</summary>
    private static readonly string[] ForOneServer = ["Authorization", "Cookie"];

    /// <summary>Headers about a content that is not sent again.</summary>
    private static readonly string[] AboutContent = ["Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5"];

    /// <summary>Reads what a contract has sent.</summary>
    /// <param name="request">What it has sent: anything.</param>
    /// <param name="read">The request.</param>
    /// <param name="failure">What is wrong with it.</param>
    public static bool TryRead(HttpRequest request, [NotNullWhen(true)] out OutgoingRequest? read, out HttpFailure failure)
    {
        read = null;
        if (!TryReadUrl(request.Url, out Uri? target)) failure = HttpFailure.InvalidUrl;
        else if (!IsMethod(request.Method)) failure = HttpFailure.InvalidMethod;
        else if (TryReadHeaders(request, out Dictionary<string, string>? headers, out failure)) read = new OutgoingRequest(target, request.Method, headers, request.Body);
        return read is not null;
    }

    /// <summary>What a server that answered with a redirect is to be asked next, if not this server.</summary>
    /// <param name="status">The status of the redirect.</param>
    /// <param name="location">Where it leads to.</param>
    /// <returns>Null where nobody follows: not to another protocol, and never from a protected one to an open one.</returns>
    public OutgoingRequest? Follow(HttpStatusCode status, string location)
    {
        if (location.Length > LongestUrl || !Uri.TryCreate(Target, location, out Uri? next) || !IsTarget(next)) return null;
        if (Target.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps) return null;
        bool isSameServer = Uri.Compare(Target, next, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
        OutgoingRequest following = this with { Target = next, Headers = isSameServer ? Headers : Without(ForOneServer) };
        if (status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) return following;
        return following with { Method = Method == "HEAD" ? "HEAD" : "GET", Body = default, Headers = following.Without(AboutContent) };
    }

    /// <summary>The message that is sent. Each message has a connection of its own.</summary>
    public HttpRequestMessage ToMessage()
    {
        HttpRequestMessage message = new(new HttpMethod(Method), Target) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (Body.Length > 0 || Method is "POST" or "PUT" or "PATCH") message.Content = new ByteArrayContent(Body.ToArray());
        foreach ((string name, string value) in Headers)
        {
            if (message.Headers.TryAddWithoutValidation(name, value)) continue;
            message.Content ??= new ByteArrayContent([]);
            message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        message.Headers.ConnectionClose = true;
        return message;
    }

    private Dictionary<string, string> Without(string[] names) =>
        Headers.Where(header => !names.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static bool TryReadUrl(string url, [NotNullWhen(true)] out Uri? target)
    {
        target = null;
        return url.Length <= LongestUrl && !url.Any(char.IsControl) && Uri.TryCreate(url, UriKind.Absolute, out target) && IsTarget(target);
    }

    private static bool IsTarget(Uri uri) =>
        uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.UserInfo.Length == 0 && uri.Port > 0
        && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    /// <summary>Methods that make a tunnel of a connection, or return what was sent, are none.</summary>
    private static bool IsMethod(string method) =>
        method.Length <= LongestMethod && IsToken(method) && !method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase) && !method.Equals("TRACE", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of headers with one name the last counts.</summary>
    private static bool TryReadHeaders(HttpRequest request, [NotNullWhen(true)] out Dictionary<string, string>? headers, out HttpFailure failure)
    {
        headers = null;
        failure = HttpFailure.TooManyHeaders;
        if (request.Headers.Length > MostHeaders || request.Headers.Sum(header => (long)header.Name.Length + header.Value.Length) > MostHeaderBytes) return false;
        Dictionary<string, string> read = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in request.Headers)
        {
            failure = HttpFailure.InvalidHeaderName;
            if (!IsToken(name) || Refused.Contains(name)) return false;
            failure = HttpFailure.InvalidHeaderValue;
            if (!IsHeaderValue(value)) return false;
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) read[name] = value;
            else if (value != request.Body.Length.ToString(CultureInfo.InvariantCulture)) return false;
        }

        headers = read;
        return true;
    }

    /// <summary>RFC 9110, section 5.6.2.</summary>
    private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsHeaderValue(string text) => text.All(c => c is '\t' or (>= ' ' and <= '~'));
}
