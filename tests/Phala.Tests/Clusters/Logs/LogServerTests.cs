using System.Text;
using System.Text.Json.Nodes;
using Phala.Clusters.Logs;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters.Logs;

/// <summary>The log as Phala's clients ask for it: requests, records, answers, to the letter.</summary>
public sealed class LogServerTests
{
    private readonly LogWorld _world = new();

    private static string Of(Hash256 contract) => Hex.Format(contract.AsSpan());

    [Fact]
    public void Records_are_as_clients_know_them()
    {
        ulong time = _world.World.Now;
        _world.Run(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine("say \"hä\"", 2));
        _world.Run(LogWorld.Alice, LogWorld.Daves, TestContract.EmitOne, 7, 8);
        _world.Query(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine("asked"));
        _world.Query(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine("estimated"), isEstimate: true);
        uint block = (uint)(time / ClusterWorld.EntryTime % 1_000_000);
        ulong first = _world.Read(ClusterWorld.Owner)[0]["sequence"]!.GetValue<ulong>();
        string[] lines = [.. _world.Read(ClusterWorld.Owner).Select(record => record.ToJsonString())];
        string contract = Of(LogWorld.Daves), asked = Of(LogWorld.Daves);
        Assert.Equal(
        [
            $$"""{"sequence":{{first}},"type":"Log","blockNumber":{{block}},"contract":"{{contract}}","entry":"{{contract}}","execMode":"transaction","timestamp":{{time}},"level":2,"message":"say \u0022h\u00E4\u0022"}""",
            $$"""{"sequence":{{first + 2}},"type":"Event","blockNumber":{{block + 1}},"contract":"{{contract}}","topics":["{{Of(TestContract.Code)}}"],"payload":"0x0708"}""",
            $$"""{"sequence":{{first + 4}},"type":"QueryIn","user":"{{lines[2][^20..^2]}}"}""",
            $$"""{"sequence":{{first + 5}},"type":"Log","blockNumber":{{block + 1}},"contract":"{{asked}}","entry":"{{asked}}","execMode":"query","timestamp":{{time + ClusterWorld.EntryTime}},"level":3,"message":"asked"}""",
            $$"""{"sequence":{{first + 6}},"type":"QueryIn","user":"{{lines[2][^20..^2]}}"}""",
            $$"""{"sequence":{{first + 7}},"type":"Log","blockNumber":{{block + 1}},"contract":"{{asked}}","entry":"{{asked}}","execMode":"estimating","timestamp":{{time + ClusterWorld.EntryTime}},"level":3,"message":"estimated"}""",
        ],
        lines);
        JsonObject output = _world.Read(LogWorld.Alice)[0];
        Assert.Equal(["sequence", "type", "blockNumber", "origin", "contract", "nonce", "output"], output.Select(field => field.Key));
        Assert.Equal(("MessageOutput", Hex.Format(LogWorld.Alice.AsSpan()), contract, "0x"), (output["type"]!.GetValue<string>(), output["origin"]!.GetValue<string>(), output["contract"]!.GetValue<string>(), output["nonce"]!.GetValue<string>()));
    }

    [Fact]
    public void What_came_of_a_command_stands_there_exactly_with_its_selector_and_nonce()
    {
        byte[] nonce = ClusterWorld.Bytes("nonce");
        byte[][] calls = [[TestContract.Echo, 1, 2, 3, 4], [TestContract.SetAndRevert, 9, 9, 9], [TestContract.Trap, 1], [TestContract.Burn, 0, 0, 0]];
        foreach (byte[] call in calls) _world.Apply(_world.World.Sealed(LogWorld.Alice, LogWorld.Daves, call, nonce: [.. nonce[1..], call[0]]));
        JsonObject[] outputs = [.. _world.Read(LogWorld.Alice).Where(record => record["type"]!.GetValue<string>() == "MessageOutput")];
        Assert.Equal(calls.Length, outputs.Length);
        for (int at = 0; at < calls.Length; at++)
        {
            byte[] told = Convert.FromHexString(outputs[at]["output"]!.GetValue<string>()[2..]);
            int selector = calls[at].Length >= 4 ? 4 : 0;
            ContractExecResult result = Scale.Decode<ContractExecResult>(told.AsSpan()[..^selector]).Value!;
            Assert.Equal(calls[at][..selector], told[^selector..]);
            Assert.Equal(0, told[^(selector + 1)]);
            Assert.Equal(Hex.Format((byte[])[.. nonce[1..], calls[at][0]]), outputs[at]["nonce"]!.GetValue<string>());
            Assert.True(result.GasConsumed.RefTime > 0 && result.GasConsumed.RefTime % 1000 == 0);
            bool returned = result.Result.TryGet(out ExecReturnValue? value, out DispatchError error);
            Assert.Equal(at < 2, returned);
            Assert.Equal(at switch { 0 => "1,2,3,4 False", 1 => "9,9,9 True", 2 => "Module 4, error 11", _ => "Module 4, error 2" }, returned ? $"{string.Join(',', value!.Data.ToArray())} {value.IsReverted}" : error.ToString());
        }

        Assert.Equal(["contract call reverted", "contract call failed: Module 4, error 11", "contract call failed: Module 4, error 2"], _world.Told(LogWorld.Alice).Where(told => told != "MessageOutput"));
    }

    [Fact]
    public void A_command_that_nobody_pays_for_leaves_a_word_too()
    {
        LogWorld world = new(gasPrice: 1);
        world.Run(LogWorld.Alice, LogWorld.Owners, TestContract.Echo, 1, 1, 1);
        Assert.Equal(["contract call failed: Module 4, error 4", "MessageOutput"], world.Told(LogWorld.Alice));
        LogWorld locking = new(perItem: 10);
        locking.Run(LogWorld.Alice, LogWorld.Owners, TestContract.Set, 1, 1, 1);
        Assert.Equal(["contract call failed: Module 4, error 21", "MessageOutput"], locking.Told(LogWorld.Alice));
    }

    [Fact]
    public void Deposits_stand_in_outputs_exactly()
    {
        LogWorld world = new(perItem: 10);
        world.Apply(ClusterWorld.Deposit(LogWorld.Alice, 100));
        world.Run(LogWorld.Alice, LogWorld.Owners, TestContract.Set, 1, 1, 1);
        world.Run(LogWorld.Alice, LogWorld.Owners, TestContract.RemoveKey, 1);
        byte[][] outputs = [.. world.Read(LogWorld.Alice).Select(record => Convert.FromHexString(record["output"]!.GetValue<string>()[2..]))];
        Assert.Equal(new StorageDeposit.Charge(10), Scale.Decode<ContractExecResult>(outputs[0].AsSpan()[..^4]).Value!.StorageDeposit);
        Assert.Equal(new StorageDeposit.Refund(10), Scale.Decode<ContractExecResult>(outputs[1]).Value!.StorageDeposit);
    }

    [Fact]
    public void Code_and_contracts_leave_words_of_how_they_came()
    {
        _world.Apply(
            ClusterWorld.Instantiate(LogWorld.Dave, TestContract.Code, [3], LogWorld.WriteLine("hello")),
            ClusterWorld.Instantiate(LogWorld.Dave, TestContract.Code, [4], [TestContract.SetAndRevert, 1]),
            ClusterWorld.Instantiate(LogWorld.Dave, TestContract.Code, [5], [TestContract.Trap]),
            ClusterWorld.Instantiate(LogWorld.Dave, ClusterWorld.Genesis, [5], [TestContract.Trap]));
        Assert.Equal(["hello", "instantiated", "instantiate reverted", "instantiate failed: Module 4, error 11", "instantiate failed: Module 4, error 8"], _world.Told(LogWorld.Dave));
        Assert.All(_world.Read(LogWorld.Dave), record => Assert.Equal("transaction", record["execMode"]!.GetValue<string>()));
        _world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(LogWorld.Bob, ClusterWorld.Id, ResourceType.SidevmCode, [1])),
            ClusterWorld.Operation(new ClusterOperation.UploadResource(LogWorld.Bob, ClusterWorld.Id, ResourceType.InkCode, [2])));
        JsonObject[] uploads = _world.Read(LogWorld.Bob);
        Assert.Equal([(3, true), (1, false)], uploads.Select(record => (record["level"]!.GetValue<int>(), record["message"]!.GetValue<string>().StartsWith("Resource uploaded to cluster, by ", StringComparison.Ordinal))));
        Assert.All(uploads, record => Assert.Equal(Of(ClusterWorld.System), record["contract"]!.GetValue<string>()));
        Assert.StartsWith("Failed to upload resource to cluster, ", uploads[1]["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_leave_what_they_write()
    {
        _world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(0x352c6b5c, [0], LogWorld.Daves.AsSpan().ToArray(), [0, 0, 4, TestContract.Write], BitConverter.GetBytes(ClusterWorld.Gas))));
        Assert.Equal([""], _world.Told(LogWorld.Dave));
        _world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(0x352c6b5c, [0], LogWorld.Daves.AsSpan().ToArray(), [0, 0, 4, TestContract.WriteAndTrap], BitConverter.GetBytes(ClusterWorld.Gas))));
        Assert.Equal(["", "", "contract call failed: Module 4, error 11"], _world.Told(LogWorld.Dave));
    }

    [Fact]
    public void Requests_choose_by_number_contract_block_and_count()
    {
        for (int line = 0; line < 10; line++) _world.Run(LogWorld.Alice, line % 2 == 0 ? LogWorld.Daves : LogWorld.Owners, LogWorld.WriteLine($"{line}"));
        ulong first = _world.Read(ClusterWorld.Owner)[0]["sequence"]!.GetValue<ulong>(), next = first + 20;
        Assert.Equal(["0", "1"], _world.Told(ClusterWorld.Owner, ",\"count\":2"));
        Assert.Equal(["8", "9"], _world.Told(ClusterWorld.Owner, ",\"from\":-4"));
        Assert.Equal(["9"], _world.Told(ClusterWorld.Owner, $",\"from\":{first + 17}"));
        Assert.Equal(10, _world.Told(ClusterWorld.Owner, ",\"from\":-9223372036854775808").Length);
        Assert.Empty(_world.Told(ClusterWorld.Owner, ",\"from\":9223372036854775807"));
        Assert.Equal(["1", "3", "5", "7", "9"], _world.Told(ClusterWorld.Owner, $",\"contract\":\"{Of(LogWorld.Owners)}\""));
        Assert.Empty(_world.Told(ClusterWorld.Owner, ",\"contract\":\"0x00\""));
        uint block = _world.Read(ClusterWorld.Owner)[3]["blockNumber"]!.GetValue<uint>();
        Assert.Equal(["3"], _world.Told(ClusterWorld.Owner, $",\"blockNumber\":{block}"));
        Assert.Equal(10, _world.Told(ClusterWorld.Owner, ",\"blockNumber\":null").Length);
        Assert.Equal(next, Next(""));
        Assert.Equal(first + 1, Next(",\"count\":1"));
        Assert.Equal(0ul, Next($",\"from\":{next}"));
        Assert.Equal(next, Next(",\"contract\":\"0x00\""));
    }

    [Fact]
    public void Figures_are_told()
    {
        _world.Run(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine("x"));
        JsonObject told = JsonNode.Parse(_world.Ask(null, "{\"action\":\"GetInfo\"}"))!.AsObject();
        Assert.Equal(["programVersion", "nextSequence", "memoryCapacity", "memoryUsage", "currentNumberOfRecords", "estimatedCurrentSize"], told.Select(field => field.Key));
        Assert.Equal((_world.Log.Figures.Next, 8 * 1024 * 1024L, 2), (told["nextSequence"]!.GetValue<ulong>(), told["memoryCapacity"]!.GetValue<long>(), told["currentNumberOfRecords"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"action\":1}")]
    [InlineData("{\"action\":\"Get\"}")]
    [InlineData("{\"action\":\"GetLog\",\"from\":1.5}")]
    [InlineData("{\"action\":\"GetLog\",\"from\":\"1\"}")]
    [InlineData("{\"action\":\"GetLog\",\"from\":9223372036854775808}")]
    [InlineData("{\"action\":\"GetLog\",\"count\":-1}")]
    [InlineData("{\"action\":\"GetLog\",\"contract\":null}")]
    [InlineData("{\"action\":\"GetLog\",\"contract\":7}")]
    [InlineData("{\"action\":\"GetLog\",\"contract\":\"\\ud800\"}")]
    [InlineData("{\"action\":\"\\ud800\"}")]
    [InlineData("{\"action\":\"GetLog\",\"blockNumber\":4294967296}")]
    [InlineData("{\"action\":\"GetLog\",\"blockNumber\":true}")]
    [InlineData("{\"action\":\"GetLog\"} {}")]
    [InlineData("{\"a\":[[[[[[[[[[[[]]]]]]]]]]]],\"action\":\"GetInfo\"}")]
    public void What_is_no_request_is_told_so(string request) => Assert.Equal("{\"error\":\"Invalid input\"}", _world.Ask(ClusterWorld.Owner, request));

    [Fact]
    public void Any_bytes_give_an_answer()
    {
        Random random = new(5);
        byte[] good = Encoding.UTF8.GetBytes("{\"action\":\"GetLog\",\"contract\":\"0x00\",\"from\":-10,\"count\":3,\"blockNumber\":7}");
        int answered = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = [.. good];
            for (int change = random.Next(4); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            string answer = _world.Ask(ClusterWorld.Owner, bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]);
            answered += answer.Contains("records", StringComparison.Ordinal) ? 1 : 0;
            Assert.NotNull(JsonNode.Parse(answer));
        }

        Assert.InRange(answered, 10, 2990);
        Assert.Equal("{\"error\":\"Invalid input\"}", _world.Ask(ClusterWorld.Owner, [.. good[..^1], .. new string(' ', 5000).Select(letter => (byte)letter), (byte)'}']));
    }

    [Fact]
    public void A_long_answer_is_given_in_parts()
    {
        string line = new('x', 20_000);
        for (int count = 0; count < 80; count++) _world.Run(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine(line));
        int told = 0, answers = 0;
        for (ulong from = 0; ; answers++)
        {
            string answer = _world.Ask(LogWorld.Dave, $"{{\"action\":\"GetLog\",\"from\":{from}}}");
            Assert.True(answer.Length <= LogServer.LongestAnswer);
            JsonNode read = JsonNode.Parse(answer)!;
            if (read["records"]!.AsArray().Count == 0) break;
            told += read["records"]!.AsArray().Count;
            from = read["next"]!.GetValue<ulong>();
        }

        Assert.Equal((80, 2), (told, answers));
    }

    [Fact]
    public void The_contract_that_is_named_as_the_logs_answers_and_no_other()
    {
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.NoProgram), Ask(LogWorld.Daves));
        Assert.IsType<QueryOutcome.Returned>(Ask(ClusterWorld.System));
        _world.Run(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(0xaa1e2030, ClusterWorld.Text("PinkLogger"), LogWorld.Daves.AsSpan().ToArray()));
        Assert.IsType<QueryOutcome.Returned>(Ask(LogWorld.Daves));
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.NoProgram), Ask(ClusterWorld.System));
        _world.Run(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(0xaa1e2030, ClusterWorld.Text("PinkLogger"), new byte[32]));
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.UnknownContract), Ask(default));
    }

    [Fact]
    public void The_state_does_not_know_the_log()
    {
        Hash256 before = _world.World.State.Root;
        _world.Query(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine("asked"));
        Assert.Equal(before, _world.World.State.Root);
        _world.Run(LogWorld.Alice, LogWorld.Daves, LogWorld.WriteLine("said"));
        Assert.Equal(before, _world.World.State.Root);
        Assert.Equal(4, _world.Log.Figures.Count);
        ClusterWorld silent = _world.World;
        Assert.Equal("{\"records\":[],\"next\":0}", Encoding.UTF8.GetString(Assert.IsType<QueryOutcome.Returned>(
            silent.View(TestHost.Nothing).Ask(ClusterWorld.System, new InkQueryData.SidevmQuery([.. "{\"action\":\"GetLog\"}"u8]), ClusterWorld.Owner, 0).Outcome).Data.AsSpan()));
    }

    private ulong Next(string more) => JsonNode.Parse(_world.Ask(ClusterWorld.Owner, "{\"action\":\"GetLog\"" + more + "}"))!["next"]!.GetValue<ulong>();

    private QueryOutcome Ask(Hash256 contract) => _world.World.View(_world.Host).Query(contract, new InkQueryData.SidevmQuery([.. "{\"action\":\"GetInfo\"}"u8]), null, 0).Outcome;
}
