using System.Net;
using Phala.Node.Rpc;
using Xunit;

namespace Phala.Tests.Node.Rpc;

/// <summary>Calls and their replies, the same over HTTP and WebSocket.</summary>
public sealed class CallTests
{
    private const string Hash = "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// <summary>What is sent and what must come back; an empty reply is none.</summary>
    public static TheoryData<string, string> Exchanges => new()
    {
        { Request("test_add", "[2,3]"), Result("5") },
        { Request("test_sum", "[2,3]"), Result("5") },
        { Request("test_add", "[2,3,4,null]"), Result("5") },
        { Request("test_add", """{"second":1,"first":[],"first":2}"""), Invalid("first", "a whole number below 2^32") },
        { Request("test_add", """{"second":1,"first":7}"""), Result("8") },
        { Request("test_add", "[2]"), Invalid("second", "a whole number below 2^32") },
        { Request("test_add", "[-1,2]"), Invalid("first", "a whole number below 2^32") },
        { Request("test_add", "[4294967296,2]"), Invalid("first", "a whole number below 2^32") },
        { Request("test_add", "[4294967295,4294967295]"), Result("8589934590") },
        { Request("test_add", "[null,2]"), Invalid("first", "a whole number below 2^32") },
        { """{"jsonrpc":"2.0","id":1,"method":"test_add"}""", Invalid("first", "a whole number below 2^32") },
        { Request("test_hash", "[]"), Result("null") },
        { Request("test_hash", "[null]"), Result("null") },
        { Request("test_hash", $"[\"{Hash}\"]"), Result($"\"{Hash}\"") },
        { Request("test_hash", "[\"0x00\"]"), Invalid("at", "32 bytes in hexadecimal with 0x") },
        { """{"jsonrpc":"2.0","id":1,"method":"test_hash"}""", Result("null") },
        { """{"jsonrpc":"2.0","id":1,"method":"test_hash","params":null}""", Result("null") },
        { """ {"params" : [ 2 , 3 ] ,"extra":{"a":[1,{}]},"method":"test_add", "id" : "a\"b" , "jsonrpc":"2.0" } """, """{"jsonrpc":"2.0","id":"a\"b","result":5}""" },
        { """{"jsonrpc":"2.0","id":null,"method":"test_add","params":[2,3]}""", """{"jsonrpc":"2.0","id":null,"result":5}""" },
        { """{"jsonrpc":"2.0","id":1.50e3,"method":"test_add","params":[2,3]}""", """{"jsonrpc":"2.0","id":1.50e3,"result":5}""" },
        { """{"jsonrpc":"2.0","id":1,"method":"test\u005fadd","params":[2,3]}""", Result("5") },
        { Request("test_text", "[3]"), Result("\"xxx\"") },
        { Request("test_later", "[1]"), Result("1") },
        { Request("test_secret", "[]"), Result("\"open\"") },
        { """{"jsonrpc":"2.0","method":"test_add","params":[2,3]}""", "" },
        { """{"jsonrpc":"2.0","method":"test_missing"}""", "" },
        { Request("test_missing", "[]"), Error(-32601, "Method not found") },
        { Request("", "[]"), Error(-32601, "Method not found") },
        { Request("test_fail", "[]"), """{"jsonrpc":"2.0","id":1,"error":{"code":1010,"message":"Invalid Transaction","data":"Transaction is outdated"}}""" },
        { Request("test_throw", "[]"), Error(-32603, "Internal error") },
        { Request("test_throwLater", "[]"), Error(-32603, "Internal error") },
        { Request("test_nothing", "[]"), Error(-32603, "Internal error") },
        { Request("test_half", "[]"), Error(-32603, "Internal error") },
        { "", Error(-32700, "Parse error", "null") },
        { "{", Error(-32700, "Parse error", "null") },
        { "nonsense", Error(-32700, "Parse error", "null") },
        { """{"jsonrpc":"2.0","id":1,"method":"test_add"}x""", Error(-32700, "Parse error", "null") },
        { """{"jsonrpc":"2.0","id":1,"method":"test_add","params":[01]}""", Error(-32700, "Parse error", "null") },
        { "{}", Error(-32600, "Invalid request", "null") },
        { "5", Error(-32600, "Invalid request", "null") },
        { """{"id":1,"method":"test_add"}""", Error(-32600, "Invalid request") },
        { """{"jsonrpc":"1.0","id":1,"method":"test_add"}""", Error(-32600, "Invalid request") },
        { """{"jsonrpc":"2.0","id":1,"method":5}""", Error(-32600, "Invalid request") },
        { """{"jsonrpc":"2.0","id":1}""", Error(-32600, "Invalid request") },
        { """{"jsonrpc":"2.0","id":[1],"method":"test_add"}""", Error(-32600, "Invalid request", "null") },
        { """{"jsonrpc":"2.0","id":true,"method":"test_add"}""", Error(-32600, "Invalid request", "null") },
        { """{"jsonrpc":"2.0","id":1,"method":"test_add","params":5}""", Error(-32600, "Invalid request") },
        { """{"jsonrpc":"2.0","id":1,"method":"test_add","method":"test_add","params":[1,2]}""", Error(-32600, "Invalid request") },
        { """{"jsonrpc":"2.0","id":1,"id":2,"method":"test_add","params":[1,2]}""", Error(-32600, "Invalid request", "2") },
        { "[]", Error(-32600, "Invalid request", "null") },
        { "[1]", $"[{Error(-32600, "Invalid request", "null")}]" },
        { "[1", Error(-32700, "Parse error", "null") },
        { $"[{Request("test_add", "[1,2]")},]", Error(-32700, "Parse error", "null") },
        {
            $"[{Request("test_add", "[1,2]")}, {{\"jsonrpc\":\"2.0\",\"method\":\"test_add\"}} ,{Request("test_later", "[1]")},{Request("test_throw", "[]")},{{}},{Request("test_sum", "[3,4]")}]",
            $"[{Result("3")},{Result("1")},{Error(-32603, "Internal error")},{Error(-32600, "Invalid request", "null")},{Result("7")}]"
        },
        { """[{"jsonrpc":"2.0","method":"test_add"},{"jsonrpc":"2.0","method":"test_later"}]""", "" },
    };

    [Fact]
    public async Task EveryRequestGetsItsReplyOverHttp()
    {
        await using TestServer server = await TestServer.StartAsync();
        foreach ((string request, string reply) in Exchanges.Select(row => row.Data))
        {
            (HttpStatusCode status, string body) = await server.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(reply, body);
        }
    }

    [Fact]
    public async Task EveryRequestGetsItsReplyOverAWebSocket()
    {
        await using TestServer server = await TestServer.StartAsync();
        using TestSocket socket = await server.ConnectAsync();
        foreach ((string request, string reply) in Exchanges.Select(row => row.Data))
        {
            await socket.SendAsync(request);
            if (reply.Length > 0) Assert.Equal(reply, await socket.ReceiveAsync());
        }

        // What is not answered is not answered later either.
        Assert.Equal(Result("2"), await socket.CallAsync(Request("test_add", "[1,1]")));
    }

    [Fact]
    public async Task RpcMethodsListsExactlyWhatWorks()
    {
        await using TestServer server = await TestServer.StartAsync();
        string reply = await server.PostAsync(Request("rpc_methods", "[]"));
        Assert.Equal(
            Result("""{"methods":["rpc_methods","test_add","test_fail","test_half","test_hash","test_later","test_nothing","test_secret","test_subscribeTicks","test_sum","test_text","test_throw","test_throwLater","test_unsubscribeTicks"]}"""),
            reply);
    }

    [Fact]
    public void ANameIsRegisteredOnce()
    {
        RpcRegistry registry = new();
        registry.Method("a", RpcAccess.Safe, (_, _) => null);
        Assert.Throws<ArgumentException>(() => registry.Method("a", RpcAccess.Safe, (_, _) => null));
        Assert.Throws<ArgumentException>(() => registry.Alias("a", "a"));
        Assert.Throws<ArgumentException>(() => registry.Alias("b", "missing"));
    }

    internal static string Request(string method, string parameters) => $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";

    internal static string Result(string json) => $$"""{"jsonrpc":"2.0","id":1,"result":{{json}}}""";

    internal static string Error(int code, string message, string id = "1") => $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":{{{code}}},"message":"{{{message}}}"}}""";

    private static string Invalid(string parameter, string expected) => Error(-32602, $"Invalid params: {parameter}: expected {expected}");
}
