using Phala.Clusters;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Dispatch;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Phala's extension of ink!: what each function gives in commands and in queries.</summary>
public sealed class ExtensionTests
{
    private const int Input = 0x1000, Longest = 256;

    private readonly ProbeWorld _world = new();

    [Fact]
    public void Commands_reach_nothing_of_the_world_outside()
    {
        HttpRequest request = new("https://example.com/", "GET", default, default);
        (ExtensionFunction Function, byte[] Input, uint Status, byte[] Output)[] cases =
        [
            (ExtensionFunction.HttpRequest, Scale.Encode(request), 0, Scale.Encode(HttpResponse.NotInCommands)),
            (ExtensionFunction.BatchHttpRequest, [4, .. Scale.Encode(request), 1, 0, 0, 0, 0, 0, 0, 0], 7, []),
            (ExtensionFunction.GetRandom, [32], 0, [0]),
            (ExtensionFunction.IsInTransaction, [], 0, [1]),
            (ExtensionFunction.WorkerPubkey, [], 0, new byte[32]),
            (ExtensionFunction.UntrustedMillisSinceUnixEpoch, [], 0, new byte[8]),
            (ExtensionFunction.CacheGet, Bytes([1]), 0, [0]),
            (ExtensionFunction.CacheRemove, Bytes([1]), 0, [0]),
            (ExtensionFunction.WorkerSgxQuote, [], 0, [0]),
            (ExtensionFunction.Sign, [(byte)SignatureType.Sr25519, .. Bytes(ClusterWorld.Bytes("key")), .. Bytes([1])], 0, [0]),
            (ExtensionFunction.SystemContractId, [], 0, ClusterWorld.System.AsSpan().ToArray()),
            (ExtensionFunction.RuntimeVersion, [], 0, [1, 0, 0, 0, 2, 0, 0, 0]),
            (ExtensionFunction.CodeExists, [.. ProbeContract.CodeHash.AsSpan(), 0], 0, [1]),
            (ExtensionFunction.CodeExists, [.. ProbeContract.CodeHash.AsSpan(), 1], 0, [0]),
        ];
        foreach ((ExtensionFunction function, byte[] input, uint status, byte[] output) in cases)
        {
            (uint Status, byte[] Output) given = Read(_world.Give(Script(function, input)));
            Assert.Equal((function, status, Convert.ToHexString(output)), (function, given.Status, Convert.ToHexString(given.Output)));
        }
    }

    [Fact]
    public void Queries_reach_what_their_worker_lets_them()
    {
        List<string> asked = [];
        QueryHost host = TestHost.Nothing with
        {
            SendHttp = (requests, _, _) =>
            {
                asked.AddRange(requests.Select(request => request.Url));
                return [.. requests.Select(request => request.Url.EndsWith('!') ? Result<HttpResponse, HttpFailure>.Err(HttpFailure.Timeout) : Result<HttpResponse, HttpFailure>.Ok(new HttpResponse(200, "OK", default, [7])))];
            },
            Remember = static (_, _, key, _) => key.Length < 2,
            Recall = static (_, key) => key.Length < 2 ? [9] : null,
        };
        HttpRequest request = new("https://example.com/", "GET", default, default);
        Assert.Equal((0u, Convert.ToHexString(Scale.Encode(new HttpResponse(200, "OK", default, [7])))), Text(Ask(host, ExtensionFunction.HttpRequest, Scale.Encode(request))));
        Assert.Equal((0u, "00"), Text(Ask(host, ExtensionFunction.IsInTransaction, [])));
        Assert.Equal((0u, "0C070707"), Text(Ask(host, ExtensionFunction.GetRandom, [3])));
        Assert.Equal((0u, Convert.ToHexString(host.Worker.AsSpan())), Text(Ask(host, ExtensionFunction.WorkerPubkey, [])));
        Assert.Equal(ClusterWorld.FirstTime + 1, BitConverter.ToUInt64(Ask(host, ExtensionFunction.UntrustedMillisSinceUnixEpoch, []).Output));
        Assert.Equal((0u, ""), Text(Ask(host, ExtensionFunction.CacheSet, [.. Bytes([1]), .. Bytes([2])])));
        Assert.Equal((1u, ""), Text(Ask(host, ExtensionFunction.CacheSet, [.. Bytes([1, 1]), .. Bytes([2])])));
        Assert.Equal((0u, "010409"), Text(Ask(host, ExtensionFunction.CacheGet, Bytes([1]))));
        Assert.Equal((0u, "00"), Text(Ask(host, ExtensionFunction.CacheGet, Bytes([1, 1]))));
        HttpRequest late = request with { Url = "https://example.com/!" };
        byte[] both = Scale.Encode<VecCodec<HttpRequest, HttpRequest>, Vec<HttpRequest>>([request, late]);
        Assert.Equal((0u, "08" + "00" + Convert.ToHexString(Scale.Encode(new HttpResponse(200, "OK", default, [7]))) + "0105"), Text(Ask(host, ExtensionFunction.BatchHttpRequest, [.. both, .. BitConverter.GetBytes(ulong.MaxValue)])));
        byte[] six = Scale.Encode<VecCodec<HttpRequest, HttpRequest>, Vec<HttpRequest>>([.. Enumerable.Repeat(request, 6)]);
        Assert.Equal((8u, ""), Text(Ask(host, ExtensionFunction.BatchHttpRequest, [.. six, .. new byte[8]])));
        Assert.Equal(3, asked.Count);
    }

    [Theory]
    [InlineData(SignatureType.Ed25519)]
    [InlineData(SignatureType.Sr25519)]
    [InlineData(SignatureType.Ecdsa)]
    public void What_is_signed_is_verified(SignatureType type)
    {
        byte[] key = ClusterWorld.Bytes("key"), message = [1, 2, 3];
        (uint _, byte[] signature) = Ask(TestHost.Nothing, ExtensionFunction.Sign, [(byte)type, .. Bytes(key), .. Bytes(message)]);
        (uint _, byte[] publicKey) = Ask(TestHost.Nothing, ExtensionFunction.GetPublicKey, [(byte)type, .. Bytes(key)]);
        Assert.Equal((0u, "01"), Text(Ask(TestHost.Nothing, ExtensionFunction.Verify, [(byte)type, .. publicKey, .. Bytes(message), .. signature])));
        Assert.Equal((0u, "00"), Text(Ask(TestHost.Nothing, ExtensionFunction.Verify, [(byte)type, .. publicKey, .. Bytes([1, 2, 4]), .. signature])));
        Assert.Equal((0u, "00"), Text(Ask(TestHost.Nothing, ExtensionFunction.Verify, [(byte)type, .. Bytes([1]), .. Bytes(message), .. signature])));
    }

    [Fact]
    public void A_hash_is_signed_and_verified()
    {
        byte[] key = ClusterWorld.Bytes("key"), hash = ClusterWorld.Bytes("hash");
        (uint _, byte[] signature) = Ask(TestHost.Nothing, ExtensionFunction.EcdsaSignPrehashed, [.. Bytes(key), .. hash]);
        byte[] publicKey = Ask(TestHost.Nothing, ExtensionFunction.GetPublicKey, [(byte)SignatureType.Ecdsa, .. Bytes(key)]).Output[1..];
        Assert.Equal((0u, "01"), Text(Ask(TestHost.Nothing, ExtensionFunction.EcdsaVerifyPrehashed, [.. signature, .. hash, .. publicKey])));
        Assert.Equal((0u, "00"), Text(Ask(TestHost.Nothing, ExtensionFunction.EcdsaVerifyPrehashed, [.. signature, .. ClusterWorld.Bytes("another"), .. publicKey])));
        Assert.Equal(signature, Read(_world.Give(Script(ExtensionFunction.EcdsaSignPrehashed, [.. Bytes(key), .. hash]))).Output);
    }

    [Fact]
    public void Derived_keys_are_the_contracts_own_and_the_same_everywhere()
    {
        byte[] one = Read(_world.Give(Script(ExtensionFunction.DeriveSr25519Key, Bytes([1])))).Output;
        Assert.Equal(64 + 2, one.Length);
        Assert.Equal(one, Ask(TestHost.Nothing, ExtensionFunction.DeriveSr25519Key, Bytes([1])).Output);
        byte[][] others = [Read(_world.Give(Script(ExtensionFunction.DeriveSr25519Key, Bytes([2])))).Output, Read(_world.Give(Script(ExtensionFunction.DeriveSr25519Key, Bytes([1])), ProbeWorld.Second)).Output];
        Assert.All(others, other => Assert.NotEqual(one, other));
    }

    [Fact]
    public void What_a_command_wants_remembered_is_told_when_it_has_returned()
    {
        byte[] set = Script(ExtensionFunction.CacheSet, [.. Bytes([1]), .. Bytes([2, 3])]);
        _world.Run(out EntryResult result, set);
        Assert.Equal(new PinkEvent.CacheOp(new CacheOperation.Set([1], [2, 3])), Scale.Decode<PinkEvent>(Assert.Single(result.Events).Data.AsSpan()).Value);
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(out result, [.. set[..^1], 5]).Status);
        Assert.Empty(result.Events);
    }

    [Theory]
    [InlineData(0x10001, 0)]
    [InlineData(26, 1)]
    [InlineData(0, 1)]
    public void What_there_is_not_ends_the_call(int id, byte error)
    {
        byte[] script = new ProbeScript().Ask("seal0", "call_chain_extension", 4, id, Input, 0).End();
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(script).Status);
        QueryOutcome outcome = _world.World.View().Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(script), 0, 0, false), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
        ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!;
        Assert.False(result.Result.TryGet(out _, out DispatchError failure));
        Assert.Equal(DispatchError.Module(5, error), failure);
    }

    [Fact]
    public void Any_bytes_are_arguments_of_any_function()
    {
        Random random = new(6);
        HashSet<ExtensionFunction> answered = [];
        for (int round = 0; round < 600; round++)
        {
            ExtensionFunction function = (ExtensionFunction)random.Next(1, 26);
            byte[] input = new byte[random.Next(120)];
            random.NextBytes(input);
            if (random.Next(2) == 0) input = [(byte)random.Next(3), .. Bytes(input[..Math.Min(input.Length, 32)]), .. Bytes([1]), .. Bytes(input), .. new byte[8]];
            QueryOutcome outcome = _world.World.View().Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(Script(function, input)), 0, 0, random.Next(2) == 0), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
            ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!;
            if (result.Result.TryGet(out _, out _)) answered.Add(function);
        }

        Assert.True(answered.Count > 15, string.Join(' ', answered));
    }

    private static byte[] Script(ExtensionFunction function, byte[] input) => new ProbeScript().Write(Input, input).Ask("seal0", "call_chain_extension", Longest, (int)function, Input, input.Length).End();

    private (uint Status, byte[] Output) Ask(QueryHost host, ExtensionFunction function, byte[] input)
    {
        QueryOutcome outcome = _world.World.View(host).Query(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(Script(function, input)), 0, 0, false), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
        ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out DispatchError failure), $"{function}: {failure}");
        return Read(value.Data.ToArray());
    }

    private static (uint Status, byte[] Output) Read(byte[] given) => (BitConverter.ToUInt32(given), BitConverter.ToUInt32(given) == 0 ? given.AsSpan(12, BitConverter.ToInt32(given, 8)).ToArray() : []);

    private static (uint Status, string Output) Text((uint Status, byte[] Output) given) => (given.Status, Convert.ToHexString(given.Output));

    private static byte[] Bytes(byte[] bytes) => ClusterWorld.Sequence(bytes);
}
