using System.Globalization;
using Phala.Chain;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Benchmarks.CSharp;

/// <summary>Whole calls in a cluster, of contracts in C# and of those in C that do the same: gas with all that the host charges.</summary>
internal static class CallTable
{
    private const ulong Gas = 2_500_000_000_000;
    private static readonly AccountId Alice = ClusterWorld.Account("alice");
    private static readonly byte[] Bob = ClusterWorld.Account("bob").AsSpan().ToArray(), One = [1, .. new byte[15]], Supply = [0, 0, 0, 1, .. new byte[12]];

    public static void Print()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        world.Apply(ClusterWorld.Deposit(Alice, UInt128.One << 100));
        Contract flipper = Deploy(world, "Phala.Testing.Flipper", [1]), flipperInC = Deploy(world, "flipper", [1]), token = Deploy(world, "PrivateToken", Supply), tokenInC = Deploy(world, "token", Supply);
        byte[] give = ClusterWorld.Call("PSP22::transfer", Bob, One, [0]), giveInC = ClusterWorld.Call(0x84a15da1u, Bob, One);
        world.Apply(ClusterWorld.Plain(Alice, token.Id, give, Gas), ClusterWorld.Plain(Alice, tokenInC.Id, giveInC, Gas));
        ClusterView view = world.View();

        Console.WriteLine("| call | C# | C | C# / C |\n|---|--:|--:|--:|");
        Row("flipper: flip", Take(view, flipper, ClusterWorld.Call("flip")), Take(view, flipperInC, ClusterWorld.Call(0x633aa551u)));
        Row("flipper: get", Take(view, flipper, ClusterWorld.Call("get")), Take(view, flipperInC, ClusterWorld.Call(0x2f865bd9u)));
        Row("token: transfer", Take(view, token, give), Take(view, tokenInC, giveInC));
        Row("token: balance_of", Take(view, token, ClusterWorld.Call("PSP22::balance_of", Alice.AsSpan().ToArray())), Take(view, tokenInC, ClusterWorld.Call(0x0f755a56u, Alice.AsSpan().ToArray())));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bytes of the modules: flipper C# {flipper.Size:N0}, C {flipperInC.Size:N0}; token C# {token.Size:N0}, C {tokenInC.Size:N0}"));
    }

    private static void Row(string call, ulong gas, ulong least) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {call} | {gas / 1e6:F1} M | {least / 1e6:F1} M | {(double)gas / least:F2} |"));

    private static Contract Deploy(ClusterWorld world, string name, byte[] arguments)
    {
        byte[] code = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Clusters", "Contracts", name + ".wasm")), hash = new byte[Hash256.Size];
        Blake2b.Hash256(code, hash);
        world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(Alice, ClusterWorld.Id, ResourceType.InkCode, Vec.Create<byte>(code))));
        world.Apply(ClusterWorld.Instantiate(Alice, new Hash256(hash), [], [0x9b, 0xae, 0x9d, 0x5e, .. arguments], Gas));
        return new Contract(ContractId.Of(Alice, new Hash256(hash), ClusterWorld.Id, []), code.Length);
    }

    private static ulong Take(ClusterView view, in Contract contract, byte[] input)
    {
        QueryRun run = view.Query(contract.Id, new InkQueryData.InkMessage(Vec.Create<byte>(input), 0, 0, Estimating: true), Alice, Gas);
        bool returned = run.Outcome is QueryOutcome.Returned answer && Scale.Decode<ContractExecResult>(answer.Data.AsSpan()).Value!.Result.TryGet(out ExecReturnValue? value, out _) && !value.IsReverted;
        return returned ? run.Gas : throw new InvalidOperationException($"A call failed: {run.Outcome}.");
    }

    private readonly record struct Contract(Hash256 Id, int Size);
}
