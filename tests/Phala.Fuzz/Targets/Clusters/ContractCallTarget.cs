using Phala.Chain;
using Phala.Clusters.Native;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Queries;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>Calls of the program's own contracts, behind a byte that says which and who calls. Past the outermost check is what has a selector.</summary>
internal sealed class ContractCallTarget : FuzzTarget
{
    private const string CouldNotReadInput = nameof(CouldNotReadInput);

    private static readonly AccountId Alice = ClusterWorld.Account("alice"), Eve = ClusterWorld.Account("eve");
    private static readonly ClusterView View = MakeView();

    /// <inheritdoc/>
    public override string Name => "contract-call";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Vault("store", ClusterWorld.Text("name"), ClusterWorld.Sequence([1, 2, 3])), Vault("store", ClusterWorld.Text(""), [0]), Vault("store", ClusterWorld.Text("n"), ClusterWorld.Sequence(new byte[VaultContract.LongestSecret + 1])),
        Vault("grant", ClusterWorld.Text("full"), Eve.AsSpan().ToArray()), Vault("grant", ClusterWorld.Text("name"), Eve.AsSpan().ToArray()), Vault("revoke", ClusterWorld.Text("full"), Eve.AsSpan().ToArray()),
        Vault("remove", ClusterWorld.Text("full")), Vault("read", Alice.AsSpan().ToArray(), ClusterWorld.Text("full")), Vault("list"), Vault("readers", ClusterWorld.Text("full")),
        [1, .. ClusterWorld.Call(0xaa1e2030, ClusterWorld.Text("PinkLogger"), Eve.AsSpan().ToArray())], [3, .. ClusterWorld.Call(0xaa1e2030, ClusterWorld.Text("PinkLogger"), Eve.AsSpan().ToArray())],
        [1, .. ClusterWorld.Call(0x5a98f226, Eve.AsSpan().ToArray())], [1, .. ClusterWorld.Call(0x6fc58436, new byte[33])],
        [3, .. ClusterWorld.Call(0x352c6b5c, new byte[45])], [3, .. ClusterWorld.Call(0x317f6bf3, new byte[8])], [1, .. ClusterWorld.Call(0x317f6bf3, [1, 0, 0, 0, 3, 0, 0, 0])], [3, .. ClusterWorld.Call(0xaf69ca03)],
        [1, .. ClusterWorld.Call(0x667e0041, new byte[6])], [1, .. ClusterWorld.Call("remove_code", new byte[32])], [1, .. ClusterWorld.Call("open_log", [1])],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [CouldNotReadInput, .. Enum.GetNames<VaultError>(), nameof(SystemError.PermisionDenied), nameof(SystemError.CodeNotFound), nameof(SystemError.ConditionNotMet)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (128 << 10) + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length == 0) return new FuzzOutcome(false, CouldNotReadInput);
        bool isSystem = (input[0] & 1) != 0;
        InkQueryData.InkMessage message = new(Vec.Create<byte>(input.AsSpan(1)), 0, 0, false);
        AccountId caller = (input[0] & 2) == 0 ? Alice : ClusterWorld.Owner;
        QueryRun run = View.Query(isSystem ? ClusterWorld.System : ClusterWorld.Vault, message, caller, 1_000_000_000_000);
        if (run.Outcome is not QueryOutcome.Returned returned) throw new InvalidOperationException($"{run.Outcome}");
        if (!Scale.Decode<ContractExecResult>(returned.Data.AsSpan()).Value!.Result.TryGet(out ExecReturnValue? value, out DispatchError error)) throw new InvalidOperationException($"{error}");
        return new FuzzOutcome(input.Length > 4, value.IsReverted ? NameOf(isSystem, value.Data.AsSpan()) : null);
    }

    private static string NameOf(bool isSystem, ReadOnlySpan<byte> output) => output switch
    {
        [1, 1] => CouldNotReadInput,
        [0, 1, byte error] => isSystem ? $"{(SystemError)error}" : $"{(VaultError)error}",
        _ => Convert.ToHexString(output),
    };

    private static byte[] Vault(string label, params byte[][] arguments) => [0, .. ClusterWorld.Call(label, arguments)];

    private static ClusterView MakeView()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        Message Call(params byte[] call) => ClusterWorld.Plain(Alice, ClusterWorld.Vault, call, ClusterWorld.Gas);
        IEnumerable<Message> grants = Enumerable.Range(0, VaultContract.MostReaders).Select(reader => Call(ClusterWorld.Call("grant", ClusterWorld.Text("full"), ClusterWorld.Account($"{reader}").AsSpan().ToArray())));
        world.Apply([Call(ClusterWorld.Call("store", ClusterWorld.Text("full"), ClusterWorld.Sequence([1]))), .. grants]);
        return world.View();
    }
}
