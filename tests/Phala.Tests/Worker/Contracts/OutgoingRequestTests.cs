using System.Globalization;
using Phala.Clusters.Pink;
using Phala.Worker.Contracts;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>What a contract may ask for, in words.</summary>
public sealed class OutgoingRequestTests
{
    private const string Url = "http://example.test/";

    [Theory]
    [InlineData("GET")]
    [InlineData("get")]
    [InlineData("M-SEARCH")]
    [InlineData("!#$%&'*+-.^_`|~09azAZ")]
    [InlineData("12345678901234567890123456789012")]
    public void A_method_is_a_word(string method) => Assert.Equal(method, Read(HttpWorld.Request(Url, method)).Method);

    [Theory]
    [InlineData("")]
    [InlineData("GET ")]
    [InlineData("GET / HTTP/1.1\r\nX: y")]
    [InlineData("G\u00cbT")]
    [InlineData("GET\0")]
    [InlineData("(GET)")]
    [InlineData("CONNECT")]
    [InlineData("connect")]
    [InlineData("TRACE")]
    [InlineData("123456789012345678901234567890123")]
    public void What_is_none_or_changes_what_a_connection_is_is_no_method(string method) => AssertWrong(HttpFailure.InvalidMethod, HttpWorld.Request(Url, method));

    [Theory]
    [InlineData("")]
    [InlineData("X Y")]
    [InlineData("X:")]
    [InlineData("X\r\nY")]
    [InlineData("\u00dc")]
    [InlineData("Host")]
    [InlineData("host")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Connection")]
    [InlineData("Proxy-Authenticate")]
    [InlineData("Proxy-Authorization")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("transfer-encoding")]
    [InlineData("Upgrade")]
    [InlineData("HTTP2-Settings")]
    [InlineData("Expect")]
    public void Headers_of_the_connection_are_not_a_contracts_to_write(string name) => AssertWrong(HttpFailure.InvalidHeaderName, HttpWorld.Request(Url, headers: [(name, "x")]));

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\r\nHost: b")]
    [InlineData("\0")]
    [InlineData("\u007f")]
    [InlineData("\u00e4")]
    [InlineData("\u2028")]
    public void A_value_is_visible_text(string value)
    {
        AssertWrong(HttpFailure.InvalidHeaderValue, HttpWorld.Request(Url, headers: [("X", value)]));
        Assert.Equal("\t !~", Read(HttpWorld.Request(Url, headers: [("X", "\t !~")])).Headers["x"]);
    }

    [Theory]
    [InlineData("4", true)]
    [InlineData("5", false)]
    [InlineData("04", false)]
    [InlineData("+4", false)]
    [InlineData("4, 4", false)]
    [InlineData("", false)]
    public void A_contract_may_say_how_long_its_content_is_where_it_says_the_truth(string length, bool isTrue)
    {
        HttpRequest request = HttpWorld.Request(Url, "POST", [("content-length", length)], "body");
        if (isTrue) Assert.Empty(Read(request).Headers);
        else AssertWrong(HttpFailure.InvalidHeaderValue, request);
    }

    [Fact]
    public void There_are_256_headers_and_64_kibibytes_of_them_at_most()
    {
        Assert.Equal(256, Read(With(256, 1)).Headers.Count);
        AssertWrong(HttpFailure.TooManyHeaders, With(257, 1));
        Assert.Single(Read(HttpWorld.Request(Url, headers: [("X", new string('v', 65535))])).Headers);
        AssertWrong(HttpFailure.TooManyHeaders, HttpWorld.Request(Url, headers: [("X", new string('v', 65536))]));
    }

    [Fact]
    public void Whatever_a_contract_asks_for_is_read_or_refused()
    {
        Random random = new(26);
        string[] pieces = ["http", "s", "://", ":", "/", "@", "[", "]", "::1", "127.0.0.1", "example.test", "%", "%00", "..", "\\", "#", "?", "\u0130", "xn--", "\ud800", "999999", ".", "-", " ", "\t", "\0", "GET", "POST", "X", "1"];
        string Next() => string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => pieces[random.Next(pieces.Length)]));
        Dictionary<HttpFailure, int> failures = [];
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string url = random.Next(2) == 0 ? Next() : "http://" + Next();
            HttpRequest request = HttpWorld.Request(url, random.Next(3) > 0 ? "GET" : Next(), random.Next(2) == 0 ? [] : [(Next(), Next())]);
            if (!OutgoingRequest.TryRead(request, out OutgoingRequest? outgoing, out HttpFailure failure)) failures[failure] = failures.GetValueOrDefault(failure) + 1;
            else
            {
                read++;
                using HttpRequestMessage message = outgoing.ToMessage();
                Assert.True(message.RequestUri!.Scheme is "http" or "https" && message.RequestUri.Host.Length > 0 && message.Headers.Host is null);
                _ = outgoing.Follow(System.Net.HttpStatusCode.Found, Next());
            }
        }

        Assert.True(read > 500, $"{read}");
        Assert.Equal([HttpFailure.InvalidUrl, HttpFailure.InvalidMethod, HttpFailure.InvalidHeaderName, HttpFailure.InvalidHeaderValue], failures.Keys.Order());
    }

    private static HttpRequest With(int count, int length) =>
        HttpWorld.Request(Url, headers: [.. Enumerable.Range(0, count).Select(i => (string.Create(CultureInfo.InvariantCulture, $"X-{i}"), new string('v', length)))]);

    private static OutgoingRequest Read(HttpRequest request)
    {
        Assert.True(OutgoingRequest.TryRead(request, out OutgoingRequest? read, out HttpFailure failure), failure.ToString());
        return read;
    }

    private static void AssertWrong(HttpFailure expected, HttpRequest request)
    {
        Assert.False(OutgoingRequest.TryRead(request, out _, out HttpFailure failure));
        Assert.Equal(expected, failure);
    }
}
