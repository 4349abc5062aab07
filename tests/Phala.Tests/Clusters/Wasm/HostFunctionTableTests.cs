using System.Text;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Logs;
using Phala.Clusters.Wasm;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Wasm.Binary;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Each function of the host in each mode, called by a user, by a contract and by the system: as <c>docs/formats/host-functions.md</c> says.</summary>
public sealed class HostFunctionTableTests
{
    private const string Document = "docs/formats/host-functions.md", Mark = "<!-- generated from here on -->";
    private static readonly string[] Modes = ["command", "estimate", "query"], Callers = ["user", "contract", "system"];

    [Fact]
    public async Task The_table_is_what_the_host_does()
    {
        StringBuilder table = new(Mark + "\n\n| function | arguments → result | result | differs by |\n|---|---|---|---|\n");
        foreach ((string module, string name) in ProbeContract.Functions.Where(function => !HasSecondName(function))) table.Append(Row(module, name));
        string path = Repository.Path(Document), text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        string expected = text[..text.IndexOf(Mark, StringComparison.Ordinal)] + table;
        if (expected == text) return;
        if (Environment.GetEnvironmentVariable("CI") != "true") await File.WriteAllTextAsync(path, expected, TestContext.Current.CancellationToken);
        Assert.Fail($"{Document} said something else; it has been written anew. Look at what changed.");
    }

    private static bool HasSecondName((string Module, string Name) function) => function.Name.StartsWith("seal_", StringComparison.Ordinal) && function.Name != "seal_return";

    private static string Row(string module, string name)
    {
        byte[] script = HostFunctionCalls.Script(module, name);
        Dictionary<(string Mode, string Caller), string> results = [];
        foreach (string mode in Modes)
        {
            foreach (string caller in Callers) results.Add((mode, caller), Run(script, mode, caller));
        }

        bool byMode = Callers.Any(caller => Modes.Select(mode => results[(mode, caller)]).Distinct().Count() > 1), byCaller = Modes.Any(mode => Callers.Select(caller => results[(mode, caller)]).Distinct().Count() > 1);
        Assert.All(Callers, caller => Assert.Single(Modes.Select(mode => Kind(results[(mode, caller)])).Distinct()));
        string[] kinds = [.. Callers.Select(caller => Kind(results[("command", caller)]))];
        string kind = kinds.Distinct().Count() == 1 ? kinds[0] : string.Join("; ", Callers.Zip(kinds, (caller, each) => $"{each} ({caller})"));
        string differs = (byMode, byCaller) switch { (true, true) => "mode, caller", (true, false) => "mode", (false, true) => "caller", _ => "" };
        FunctionType type = HostAbi.Functions[(module, name)].Type;
        return $"| `{module}.{name}` | `{Types(type.Parameters)} → {Types(type.Results)}` | {kind} | {differs} |\n";
    }

    /// <summary>What is the same in all modes and for all callers: how it went, and how long the output is.</summary>
    private static string Kind(string result)
    {
        if (result.StartsWith("ends", StringComparison.Ordinal)) return result;
        byte[] bytes = Convert.FromHexString(result);
        long code = BitConverter.ToInt64(bytes);
        int length = BitConverter.ToInt32(bytes, 8);
        string output = length == 64 ? bytes.AsSpan(12).ContainsAnyExcept((byte)0) ? ", writes" : "" : $", {length} bytes";
        return $"{code}{output}";
    }

    /// <summary>The transcript in hexadecimal, or how the call ended.</summary>
    private static string Run(byte[] script, string mode, string caller)
    {
        ProbeWorld world = new();
        world.World.Apply(ProbeWorld.Instantiate(2));
        byte[] message = caller == "contract" ? new ProbeScript().Write(0x1000, script).Write(0x300, ProbeWorld.First.AsSpan()).Write(0x200, new byte[16]).Write(ProbeScript.OutputAt - 4, BitConverter.GetBytes(0x1000))
            .Call("seal1", "call", 0, 0x300, 0, 0x200, 0x1000, script.Length, ProbeScript.OutputAt, ProbeScript.OutputAt - 4).Show(ProbeScript.OutputAt - 4, 4 + 76).End() : script;
        Hash256 asked = caller == "contract" ? ProbeWorld.Probe(2) : ProbeWorld.First;
        AccountId who = caller == "system" ? new AccountId(ClusterWorld.System.AsSpan()) : ProbeWorld.Alice;
        string result = mode == "command" ? Command(world, message, asked, caller == "system") : Query(world, message, asked, who, mode == "estimate");
        if (result.StartsWith("ends", StringComparison.Ordinal)) return result;
        return caller == "contract" ? Inner(Convert.FromHexString(result)) : Whole(Convert.FromHexString(result));
    }

    private static string Inner(byte[] transcript) => BitConverter.ToInt64(transcript) switch
    {
        0 => Whole(transcript.AsSpan(12, BitConverter.ToInt32(transcript, 8)).ToArray()),
        1 => "ends the call",
        long other => $"ends otherwise: {other}",
    };

    /// <summary>What the system contract's account commands comes from the chain itself, in the open: no receipt tells what it gave, the worker's log does.</summary>
    private static string Command(ProbeWorld world, byte[] message, Hash256 contract, bool isSystem)
    {
        if (!isSystem) return Ended(world.Run(message, contract));
        EntryResult result = world.World.Apply(ClusterWorld.Plain(ProbeWorld.Alice, contract, message, ProbeWorld.Gas) with { Sender = ClusterWorld.Pallet });
        Assert.IsType<ReceiptStatus.Executed>(Assert.Single(result.Report!.Receipts.ToArray()).Status);
        LogItem.MessageOutput told = Assert.Single(result.Journal.OfType<LogItem.MessageOutput>());
        Assert.Equal((new AccountId(ClusterWorld.System.AsSpan()), contract), (told.Origin, told.Contract));
        return Returned(told.Output.AsSpan()[..^InkMessage.SelectorLength]);
    }

    private static string Query(ProbeWorld world, byte[] message, Hash256 contract, AccountId caller, bool isEstimate)
    {
        InkQueryData data = new InkQueryData.InkMessage(Vec.Create<byte>(message), 0, 0, isEstimate);
        QueryOutcome outcome = world.World.View().Query(contract, data, caller, ProbeWorld.Gas).Outcome;
        return Returned(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan());
    }

    private static string Returned(ReadOnlySpan<byte> encoded)
    {
        ContractExecResult result = Scale.Decode<ContractExecResult>(encoded).Value!;
        return result.Result.TryGet(out ExecReturnValue? value, out DispatchError _) ? Convert.ToHexString(value.Data.AsSpan()) : "ends the call";
    }

    private static string Ended(Outcome outcome) => outcome.Status switch
    {
        OutcomeStatus.Succeeded => Convert.ToHexString(outcome.Output.AsSpan()),
        OutcomeStatus.Trapped => "ends the call",
        _ => $"ends otherwise: {outcome.Status}",
    };

    /// <summary>A whole transcript is the probe's; anything shorter came from a function that returned in its place.</summary>
    private static string Whole(byte[] output) => output.Length == 76 ? Convert.ToHexString(output) : "ends the contract's run";

    private static string Types(ReadOnlySpan<ValueKind> kinds) => kinds.IsEmpty ? "–" : string.Join(' ', kinds.ToArray().Select(kind => kind == ValueKind.I64 ? "i64" : "i32"));
}
