using System.Text;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Testing.Chain.Clusters;
using Phala.Tests.Node.Rpc;
using Phala.Worker.Contracts;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>From a contract's call of the extension to a server and to the worker's cache, and back.</summary>
public sealed class QueryHostTests
{
    private const ushort Http = 1, CacheSet = 6, CacheExpire = 7, CacheGet = 8, CacheRemove = 9, Batch = 22;
    private const uint SetWeight = 0x45ec9b18;

    private readonly ClusterWorld _world = ExtensionCaller.World();
    private readonly ManualTime _time = new();
    private readonly ContractSurroundings _surroundings;

    public QueryHostTests() => _surroundings = new ContractSurroundings(ContractCodes.Standard, new ContractHttp(new ContractHttpOptions { AllowLoopback = true }), _time);

    private QueryHost Host => _surroundings.HostFor(new Sr25519PublicKey(ClusterWorld.Bytes("the worker")));

    [Fact]
    public void A_query_reaches_a_server_and_a_command_does_not()
    {
        using RawServer server = new(RawServer.Ok("hello"));
        byte[] request = Scale.Encode(HttpWorld.Request(server.Url));
        HttpResponse response = Response(Ask(Http, request));
        Assert.Equal((200, "hello"), (response.StatusCode, HttpWorld.Text(response)));
        Assert.Equal(1, server.Connections);

        response = Response(Ask(Http, request, isEstimate: true));
        Assert.Equal(HttpResponse.NotInCommands, response);
        _world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ExtensionCaller.Instance, Input(Http, request)));
        Assert.Equal(1, server.Connections);
    }

    /// <summary>What a contract has done wrong ends its call; what a server has done is a status.</summary>
    [Theory]
    [InlineData(HttpFailure.InvalidUrl, 0, "")]
    [InlineData(HttpFailure.InvalidMethod, 0, "")]
    [InlineData(HttpFailure.InvalidHeaderName, 0, "")]
    [InlineData(HttpFailure.InvalidHeaderValue, 0, "")]
    [InlineData(HttpFailure.FailedToCreateClient, 0, "")]
    [InlineData(HttpFailure.Timeout, 0, "")]
    [InlineData(HttpFailure.NotAllowed, 523, "Unreachable")]
    [InlineData(HttpFailure.TooManyRequests, 523, "Unreachable")]
    [InlineData(HttpFailure.NetworkError, 524, "IO Error")]
    [InlineData(HttpFailure.ResponseTooLarge, 524, "IO Error")]
    [InlineData(HttpFailure.TooManyHeaders, 524, "IO Error")]
    public void Each_failure_of_one_request_is_a_status_or_the_end_of_the_call(HttpFailure failure, int status, string reason)
    {
        QueryHost host = TestHost.Nothing with { SendHttp = (requests, _, _) => [.. requests.Select(_ => Result<HttpResponse, HttpFailure>.Err(failure))] };
        byte[] request = Scale.Encode(HttpWorld.Request("http://example.test/"));
        if (status == 0)
        {
            Assert.False(Run(host, Http, request, isEstimate: false).TryGet(out _, out DispatchError error));
            Assert.Equal(DispatchError.Other, error);
        }
        else
        {
            HttpResponse response = Response(Ask(Http, request, host: host));
            Assert.Equal((status, reason, failure.ToString()), (response.StatusCode, response.ReasonPhrase, HttpWorld.Text(response)));
        }

        Assert.Equal([Result<HttpResponse, HttpFailure>.Err(failure)], Responses(Ask(Batch, BatchOf(1000, "http://example.test/"), host: host)));
    }

    [Fact]
    public void Five_requests_at_once_are_answered_one_by_one_and_six_are_not_sent()
    {
        using RawServer server = new((request, stream) => stream.WriteAsync(Encoding.ASCII.GetBytes(RawServer.Ok(request.Path))).AsTask());
        Result<HttpResponse, HttpFailure>[] results = Responses(Ask(Batch, BatchOf(ulong.MaxValue, server.Url + "1", "nonsense", "http://10.0.0.1/", "https://127.0.0.1/", server.Url + "5")));
        Assert.Equal(["/1", "InvalidUrl", "NotAllowed", "FailedToCreateClient", "/5"], results.Select(result => result.TryGet(out HttpResponse? response, out HttpFailure failure) ? HttpWorld.Text(response) : failure.ToString()));
        Assert.Equal([8, 0, 0, 0], Ask(Batch, BatchOf(1000, [.. Enumerable.Repeat(server.Url, 6)])));
        Assert.Equal([7, 0, 0, 0], Ask(Batch, BatchOf(1000, server.Url), isEstimate: true));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public void Values_are_remembered_from_query_to_query_and_not_for_commands()
    {
        byte[] key = Bytes("key"), value = Bytes("value");
        Assert.Equal([0, 0, 0, 0], Ask(CacheSet, [.. key, .. value]));
        Assert.Equal([0, 0, 0, 0, 1, .. value], Ask(CacheGet, key));
        Assert.Equal([0, 0, 0, 0, 0], Ask(CacheGet, key, isEstimate: true));
        Assert.Equal([0, 0, 0, 0], Ask(CacheExpire, [.. key, .. BitConverter.GetBytes(10UL)]));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([0, 0, 0, 0, 0], Ask(CacheGet, key));
        Assert.Equal([0, 0, 0, 0], Ask(CacheSet, [.. key, .. value]));
        Assert.Equal([0, 0, 0, 0, 1, .. value], Ask(CacheRemove, key));
        Assert.Equal([0, 0, 0, 0, 0], Ask(CacheRemove, key));
    }

    [Fact]
    public void The_system_contracts_weights_are_those_of_the_cache()
    {
        Assert.Equal([0, 0, 0, 0], Ask(CacheSet, [.. Bytes("key"), .. Bytes("value")]));
        Weigh(0);
        Assert.Equal([1, 0, 0, 0], Ask(CacheSet, [.. Bytes("key"), .. Bytes("value")]));
        Assert.Equal(0, _surroundings.Cache.Size);

        Weigh(3);
        Assert.True(_surroundings.Cache.TrySet(ClusterWorld.Vault, 1, default, default));
        Assert.Equal([0, 0, 0, 0], Ask(CacheSet, [.. Bytes("key"), .. Bytes("value")]));
        Assert.False(_surroundings.Cache.TrySet(ClusterWorld.Vault, 1, default, Vec.Create<byte>(new byte[ContractCache.Room / 4])));
        Assert.True(_surroundings.Cache.TrySet(ClusterWorld.Vault, 1, default, Vec.Create<byte>(new byte[(ContractCache.Room / 4) - ContractCache.EntryOverhead])));
    }

    private void Weigh(byte weight) =>
        _world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, [.. BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(SetWeight)), .. ExtensionCaller.Instance.AsSpan(), weight, 0, 0, 0]));

    private static byte[] Input(ushort function, byte[] arguments) => [.. BitConverter.GetBytes(function), .. arguments];

    private static byte[] Bytes(string text) => [(byte)(text.Length << 2), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] BatchOf(ulong milliseconds, params string[] urls) =>
        [.. Scale.Encode<VecCodec<HttpRequest, HttpRequest>, Vec<HttpRequest>>([.. urls.Select(url => HttpWorld.Request(url))]), .. BitConverter.GetBytes(milliseconds)];

    private static HttpResponse Response(byte[] reply)
    {
        Assert.Equal([0, 0, 0, 0], reply[..4]);
        return Scale.Decode<HttpResponse>(reply.AsSpan(4)).Value!;
    }

    private static Result<HttpResponse, HttpFailure>[] Responses(byte[] reply)
    {
        Assert.Equal([0, 0, 0, 0], reply[..4]);
        return Scale.Decode<VecCodec<ResultCodec<HttpResponse, HttpResponse, HttpFailureCodec, HttpFailure>, Result<HttpResponse, HttpFailure>>, Vec<Result<HttpResponse, HttpFailure>>>(reply.AsSpan(4)).Value.ToArray();
    }

    private byte[] Ask(ushort function, byte[] arguments, bool isEstimate = false, QueryHost? host = null)
    {
        Result<ExecReturnValue, DispatchError> result = Run(host ?? Host, function, arguments, isEstimate);
        Assert.True(result.TryGet(out ExecReturnValue? value, out DispatchError error), error.ToString());
        return value.Data.ToArray();
    }

    private Result<ExecReturnValue, DispatchError> Run(QueryHost host, ushort function, byte[] arguments, bool isEstimate)
    {
        QueryRun run = _world.View(host).Query(ExtensionCaller.Instance, new InkQueryData.InkMessage(Vec.Create<byte>(Input(function, arguments)), 0, 0, isEstimate), ClusterWorld.Owner, ulong.MaxValue);
        return Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(run.Outcome).Data.AsSpan()).Value!.Result;
    }
}
