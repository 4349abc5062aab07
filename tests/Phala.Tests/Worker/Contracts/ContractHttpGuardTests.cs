using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Worker.Contracts;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>Contracts that try to reach what is not public: by addresses, by names, by names that change, by redirects.</summary>
public sealed class ContractHttpGuardTests
{
    /// <summary>Ways to write this machine: P is the port.</summary>
    private static readonly string[] ThisMachine =
    [
        "http://127.0.0.1:P/", "http://127.0.0.1:P", "http://127.1:P/", "http://127.0.1:P/", "http://2130706433:P/", "http://0x7f000001:P/", "http://0x7f.0.0.1:P/", "http://0177.0.0.1:P/",
        "http://017700000001:P/", "http://0x7f.1:P/", "http://127.000.000.001:P/", "http://localhost:P/", "http://LOCALHOST:P/", "http://localhost.:P/", "HTTP://LocalHost:P/",
        "http://own.test:P/", "http://sub.own.test:P/", "http://127.0.0.1:P/#@example.test/", "http://127.0.0.1:P?@example.test/",
        "http://mixed.test:P/", "http://other-first.test:P/",
    ];

    /// <summary>What no option opens.</summary>
    private static readonly string[] Others =
    [
        "http://0:P/", "http://0.0.0.0:P/", "http://[::]:P/", "http://[::ffff:127.0.0.1]:P/", "http://[::ffff:7f00:1]:P/", "http://[::127.0.0.1]:P/", "http://[0:0:0:0:0:ffff:7f00:1]:P/",
        "http://[64:ff9b::7f00:1]:P/", "http://[2002:7f00:1::]:P/", "http://[fe80::1]:P/", "http://[fe80::1%251]:P/", "http://[fd00:ec2::254]/", "http://169.254.169.254/latest/meta-data/", "http://2852039166/",
        "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://[::ffff:a9fe:a9fe]/", "http://metadata.test/", "http://10.0.0.1/", "http://192.168.1.1/", "http://172.17.0.1/", "http://100.100.100.200/",
        "http://192.0.0.192/", "http://168.63.129.16/", "http://224.0.0.1/", "http://255.255.255.255/", "http://private.test/", "http://mapped.test/", "http://nat64.test/", "http://all-bad.test/", "http://6to4.test/", "http://teredo.test/",
    ];

    /// <summary>What is no URL of a server.</summary>
    private static readonly string[] NoUrls =
    [
        "", "127.0.0.1", "//127.0.0.1:P/", "http:", "http://", "http:///127.0.0.1:P/x y\n", "http://:P/", "http://user@127.0.0.1:P/", "http://user:word@localhost:P/", "http://example.test@127.0.0.1:P/", "http://127.0.0.1:0/",
        "http://127.0.0.1:P\r\nHost: other/", "http://127.0.0.1:99999/", "http://127.0.0.1:-1/", "ftp://127.0.0.1:P/", "file:///etc/passwd", "gopher://127.0.0.1:P/_", "ws://127.0.0.1:P/", "wss://127.0.0.1:P/",
        "unix:///var/run/x.sock", "sidevm://0000000000000000000000000000000000000000000000000000000000000000", "javascript:1", "http:\\\\127.0.0.1:P\\", "data:,x", "dict://127.0.0.1:P/", "ldap://127.0.0.1:P/", "http://[::1", "http://a b/", "http://\0/", "jar:http://127.0.0.1:P/!/",
    ];

    /// <summary>Letters of other scripts that look like this machine's names: to the resolver they are other names, or none.</summary>
    private static readonly string[] Lookalikes = ["http://\uff11\uff12\uff17.0.0.1:P/", "http://127\u30020\u30020\u30021:P/", "http://lo\uff43alhost:P/", "http://\u2460\u2461\u2466.0.0.1:P/", "http://\u24db\u24deca\u24dbhost:P/"];

    [Fact]
    public void No_writing_of_an_address_that_is_not_public_is_connected_to()
    {
        using RawServer server = new(RawServer.Ok("reached"));
        HttpWorld world = Names(new HttpWorld(allowLoopback: false));
        string[] attempts = [.. ThisMachine, .. Others];
        Assert.True(attempts.Length + NoUrls.Length >= 80);
        foreach (string attempt in attempts) AssertNotReached(world.Get(Of(attempt, server)), attempt);
        foreach (string attempt in Lookalikes) Assert.True(!world.Get(Of(attempt, server)).TryGet(out HttpResponse? response, out _) || response.StatusCode == HttpResponse.Unreachable, attempt);
        Assert.Equal(0, server.Connections);
    }

    /// <summary>The same attempts succeed without the guard: they are attempts.</summary>
    [Fact]
    public void The_option_for_development_opens_this_machine_and_nothing_else()
    {
        using RawServer server = new(RawServer.Ok("reached"));
        HttpWorld world = Names(new HttpWorld(allowLoopback: true));
        foreach (string attempt in ThisMachine) Assert.Equal("reached", HttpWorld.Text(world.Answer(HttpWorld.Request(Of(attempt, server)))));
        Assert.Equal(ThisMachine.Length, server.Connections);
        foreach (string attempt in Others) AssertNotReached(world.Get(Of(attempt, server)), attempt);
        Assert.Equal(ThisMachine.Length, server.Connections);
    }

    [Fact]
    public void What_is_no_url_of_http_is_said_to_be_none()
    {
        using RawServer server = new(RawServer.Ok("reached"));
        HttpWorld world = new();
        foreach (string attempt in NoUrls) HttpWorld.AssertFailed(HttpFailure.InvalidUrl, world.Get(Of(attempt, server)));
        HttpWorld.AssertFailed(HttpFailure.InvalidUrl, world.Get(server.Url + new string('a', 8192)));
        Assert.Equal(0, server.Connections);
        Assert.Empty(world.Asked);
    }

    /// <summary>The first answer may be reached, each later one may not: each connection goes to what was judged, and is judged anew.</summary>
    [Fact]
    public void A_name_that_changes_gains_nothing()
    {
        using RawServer server = new((request, stream) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request.Path == "/" ? RawServer.Ok("once") : RawServer.Redirect("/"))).AsTask());
        HttpWorld once = new HttpWorld().Name("changes.test", ["127.0.0.1"], ["169.254.169.254"]);
        Assert.Equal("once", HttpWorld.Text(once.Answer(HttpWorld.Request($"http://changes.test:{server.Port}/"))));
        Assert.Equal(["changes.test"], once.Asked);
        HttpWorld.AssertFailed(HttpFailure.NotAllowed, once.Get($"http://changes.test:{server.Port}/"));

        HttpWorld again = new HttpWorld().Name("changes.test", ["127.0.0.1"], ["10.0.0.1", "::ffff:127.0.0.1"]);
        HttpWorld.AssertFailed(HttpFailure.NotAllowed, again.Get($"http://changes.test:{server.Port}/redirects"));
        Assert.Equal(["changes.test", "changes.test"], again.Asked);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public void The_next_address_of_a_name_is_tried_where_one_does_not_answer()
    {
        using RawServer server = new(RawServer.Ok("second"));
        HttpWorld world = new HttpWorld().Name("two.test", ["127.0.0.2", "10.0.0.1", "127.0.0.1"]);
        Assert.Equal("second", HttpWorld.Text(world.Answer(HttpWorld.Request($"http://two.test:{server.Port}/"))));
    }

    /// <summary>0.0.0.0 is this machine to those who connect to it.</summary>
    [Fact]
    public void An_address_that_may_not_be_reached_is_not_tried_beside_one_that_may()
    {
        using RawServer server = new(RawServer.Ok("reached"));
        HttpWorld world = new HttpWorld().Name("two.test", ["0.0.0.0", "127.0.0.2"], ["127.0.0.2", "0.0.0.0"]);
        for (int i = 0; i < 2; i++) HttpWorld.AssertUnreachable("ConnectionError", world.Get($"http://two.test:{server.Port}/"));
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://metadata.test/")]
    [InlineData("//192.168.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("ws://127.0.0.1/")]
    [InlineData("sidevm://00")]
    [InlineData("http://user@127.0.0.1/")]
    [InlineData("http://[")]
    public void A_redirect_leads_nowhere_that_a_request_may_not(string location)
    {
        using RawServer server = new(RawServer.Redirect(location));
        HttpWorld.AssertFailed(HttpFailure.NotAllowed, Names(new HttpWorld()).Get(server.Url));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void Ten_redirects_are_followed()
    {
        using RawServer server = new((request, stream) =>
        {
            int left = int.Parse(request.Path[1..], System.Globalization.CultureInfo.InvariantCulture);
            return stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(left == 0 ? RawServer.Ok("end") : RawServer.Redirect($"/{left - 1}"))).AsTask();
        });
        HttpWorld world = new();
        Assert.Equal("end", HttpWorld.Text(world.Answer(HttpWorld.Request(server.Url + HttpExchange.MostRedirects))));
        Assert.Equal(11, server.Connections);
        HttpWorld.AssertUnreachable("TooManyRedirects", world.Get(server.Url + "11"));
        Assert.Equal(22, server.Connections);
    }

    [Theory]
    [InlineData(301, "POST", "GET", "")]
    [InlineData(302, "PUT", "GET", "")]
    [InlineData(303, "POST", "GET", "")]
    [InlineData(303, "HEAD", "HEAD", "")]
    [InlineData(307, "POST", "POST", "secret")]
    [InlineData(308, "PUT", "PUT", "secret")]
    public void A_redirect_asks_again_as_its_status_says(int status, string method, string then, string body)
    {
        using RawServer server = new((request, stream) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request.Path == "/" ? RawServer.Redirect("/next", status) : "HTTP/1.1 204 Done\r\n\r\n")).AsTask());
        Assert.Equal(204, new HttpWorld().Answer(HttpWorld.Request(server.Url, method, [("Authorization", "me"), ("Content-Type", "a/b")], method == "HEAD" ? "" : "secret")).StatusCode);
        RawRequest second = server.Requests[1];
        Assert.Equal((then + " /next HTTP/1.1", body, "me"), (second.Line, System.Text.Encoding.ASCII.GetString(second.Body), second.Header("Authorization")));
        Assert.Equal(body.Length > 0 ? "a/b" : null, second.Header("Content-Type"));
    }

    [Fact]
    public void What_is_for_one_server_is_not_sent_to_another()
    {
        using RawServer second = new(RawServer.Ok("second"));
        using RawServer first = new(RawServer.Redirect(second.Url));
        Assert.Equal("second", HttpWorld.Text(new HttpWorld().Answer(HttpWorld.Request(first.Url, headers: [("authorization", "me"), ("Cookie", "a=b"), ("X-Other", "c")]))));
        Assert.Equal(("me", "a=b", "c"), (first.Requests[0].Header("Authorization"), first.Requests[0].Header("Cookie"), first.Requests[0].Header("X-Other")));
        Assert.Equal((null, null, "c"), (second.Requests[0].Header("Authorization"), second.Requests[0].Header("Cookie"), second.Requests[0].Header("X-Other")));
    }

    [Fact]
    public void A_status_of_redirects_that_leads_nowhere_is_an_answer()
    {
        using RawServer server = new("HTTP/1.1 302 Found\r\nContent-Length: 4\r\n\r\nbody"), same = new("HTTP/1.1 304 Not Modified\r\nLocation: /x\r\n\r\n");
        Assert.Equal("body", HttpWorld.Text(new HttpWorld().Answer(HttpWorld.Request(server.Url))));
        Assert.Equal(304, new HttpWorld().Answer(HttpWorld.Request(same.Url)).StatusCode);
    }

    private static string Of(string attempt, RawServer server) => attempt.Replace("P", $"{server.Port}", StringComparison.Ordinal).Replace($"HTT{server.Port}", "HTTP", StringComparison.Ordinal);

    private static void AssertNotReached(Result<HttpResponse, HttpFailure> result, string attempt)
    {
        bool isAnswer = result.TryGet(out _, out HttpFailure failure);
        Assert.True(!isAnswer && failure is HttpFailure.NotAllowed or HttpFailure.InvalidUrl, $"{attempt}: {result}");
    }

    private static HttpWorld Names(HttpWorld world) => world
        .Name("localhost", ["127.0.0.1"]).Name("localhost.", ["127.0.0.1"]).Name("own.test", ["127.0.0.1"]).Name("sub.own.test", ["::1", "127.0.0.1"])
        .Name("mixed.test", ["10.0.0.1", "169.254.169.254", "127.0.0.1", "fe80::1"]).Name("other-first.test", ["::ffff:127.0.0.1", "127.0.0.1"])
        .Name("metadata.test", ["169.254.169.254"]).Name("private.test", ["10.1.2.3"]).Name("mapped.test", ["::ffff:127.0.0.1"]).Name("nat64.test", ["64:ff9b::7f00:1"])
        .Name("all-bad.test", ["10.0.0.1", "192.168.0.1", "fd00::1", "0.0.0.0"]).Name("6to4.test", ["2002:7f00:1::1"]).Name("teredo.test", ["2001:0:7f00:1::"]);
}
