using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using ClusterAccount = Phala.Chain.AccountId;

namespace Phala.Contracts.Testing.World;

/// <summary>A real cluster without a chain: entries of its queue are made here, and everything random follows from a counter.</summary>
internal sealed class TestWorld
{
    private const ulong EntryTime = 6_000;
    private const ulong Day = 86_400_000;

    /// <summary>Compiled contracts are translated once for all tests.</summary>
    private static readonly ContractCodes Compiled = new((NativeCode.SystemContract, new Clusters.Native.SystemContract()));

    private readonly List<(Hash256 Code, ContractCode Contract)> _native = [(NativeCode.SystemContract, new Clusters.Native.SystemContract())];
    private readonly Dictionary<uint, ClusterSecrets> _secrets = new() { [0] = new ClusterSecrets(0, OutsideWorld.Bytes("command key"), OutsideWorld.Bytes("root secret")) };
    private readonly X25519KeyPair _reply = X25519KeyPair.Derive(OutsideWorld.Bytes("reply"));
    private Cluster _cluster;
    private ClusterState _state = ClusterState.Begin(new QueueHead(1, new Hash256(OutsideWorld.Bytes("queue"))));
    private int _nonces;

    internal TestWorld(ulong now)
    {
        Now = now;
        _cluster = Cluster();
        Apply(Operation(new ClusterOperation.Create(Id, new ClusterSetup(Owner, 0, 0, 0, 0, Account("treasury"), NativeCode.SystemContract), default)));
    }

    /// <summary>The account that makes contracts.</summary>
    internal static ClusterAccount Owner { get; } = Account("owner");

    /// <summary>The time of the next entry.</summary>
    internal ulong Now { get; set; }

    /// <summary>The number of its block.</summary>
    private uint BlockNumber => (uint)(Now / EntryTime % 1_000_000);

    private static Hash256 Id { get; } = ContractId.OfCluster(1);

    private static Hash256 Genesis { get; } = new(OutsideWorld.Bytes("genesis"));

    /// <summary>An account by a name.</summary>
    internal static ClusterAccount Account(string name) => new(OutsideWorld.Bytes("account " + name));

    /// <summary>Gives an account tokens.</summary>
    internal void Deposit(ClusterAccount account, UInt128 amount) => Apply(Operation(new ClusterOperation.Deposit(Id, account, amount)));

    /// <summary>Adds code that is run on .NET.</summary>
    internal void AddNative(Hash256 hash, ContractCode code)
    {
        if (_native.Any(each => each.Code == hash)) return;
        _native.Add((hash, code));
        _cluster = Cluster();
    }

    /// <summary>Adds compiled code.</summary>
    /// <exception cref="InvalidOperationException">The engine refuses it.</exception>
    internal void AddCode(byte[] code)
    {
        EntryResult result = Apply(Operation(new ClusterOperation.UploadResource(Owner, Id, ResourceType.InkCode, Vec.Create<byte>(code))));
        if (result.Log.Any(static record => record.Kind == LogKind.CodeRefused)) throw new InvalidOperationException("The engine refuses the compiled contract.");
    }

    /// <summary>Makes a contract; what its constructor returned.</summary>
    internal ContractInstantiateResult Instantiate(Hash256 code, byte[] salt, byte[] input, UInt128 value, OutsideWorld outside, out EntryResult? result)
    {
        result = null;
        InkQueryData.InkInstantiate asked = new(code, Vec.Create<byte>(salt), Vec.Create<byte>(input), value, value);
        ContractInstantiateResult estimate = Ask<ContractInstantiateResult>(ContractId.Of(Owner, NativeCode.SystemContract, Id, []), asked, Owner, outside);
        if (!estimate.Result.TryGet(out InstantiateReturnValue? returned, out _) || returned.Result.IsReverted) return estimate;
        if (value > 0) Deposit(Owner, value);
        ContractInfo info = new(Owner, new CodeIndex.WasmCode(code), Vec.Create<byte>(salt), Id, Vec.Create<byte>(input));
        ContractOperation operation = new ContractOperation.InstantiateCode(info, (ulong)value, Gas, default);
        result = Apply(new Message(Pallet, Topics.ContractOperation, Vec.Create<byte>(Scale.Encode(operation))));
        Now += EntryTime;
        return estimate;
    }

    /// <summary>Executes a sealed command and opens its receipt, as a client does.</summary>
    internal Outcome Command(ClusterAccount sender, Hash256 contract, byte[] input, UInt128 value, out EntryResult result)
    {
        CommandBody body = new(Vec.Create<byte>(input), value, Gas, default, new(new X25519PublicKey(_reply.PublicKey)));
        CommandContext context = new(Genesis, Id, contract, sender);
        X25519PublicKey key = new(_secrets[0].CommandKey.PublicKey);
        byte[] nonce = OutsideWorld.Bytes($"nonce {_nonces}"), entropy = OutsideWorld.Bytes($"entropy {_nonces++}");
        Require(CommandEnvelope.Seal(context, key, 0, new CommandNonce(nonce), Now + Day, body, entropy, out SealedCommand? command));
        result = Apply(new Message(new MessageOrigin.AccountId(sender), Topics.Command(contract), Vec.Create<byte>(Scale.Encode<CommandPayload>(new CommandPayload.Sealed(command!)))));
        Now += EntryTime;
        Receipt receipt = result.Report!.Receipts.ToArray().Single();
        Require(ReceiptEnvelope.TryOpen(ReceiptContext.Of(Genesis, Id, receipt), _reply, receipt, out SealedOutcome? opened));
        return opened is SealedOutcome.Whole whole ? whole.Outcome : Recall(receipt, contract, sender);
    }

    /// <summary>Runs a query.</summary>
    internal ContractExecResult Query(ClusterAccount sender, Hash256 contract, byte[] input, UInt128 value, OutsideWorld outside) =>
        Ask<ContractExecResult>(contract, new InkQueryData.InkMessage(Vec.Create<byte>(input), 0, value, false), sender, outside);

    /// <summary>What an account has.</summary>
    internal UInt128 BalanceOf(ClusterAccount account) => new ClusterStorage(_state.Content).BalanceOf(account);

    /// <summary>All that a contract stores, in the order of the keys.</summary>
    internal IReadOnlyList<(byte[] Key, byte[] Value)> StorageOf(Hash256 contract)
    {
        ClusterStorage storage = new(_state.Content);
        List<(byte[], byte[])> entries = [];
        byte[] key = [];
        while (storage.TryGetNextStored(contract, key, out byte[]? next))
        {
            key = next;
            if (storage.TryGetStored(contract, key, out ReadOnlySpan<byte> value)) entries.Add((key, value.ToArray()));
        }

        return entries;
    }

    private static MessageOrigin Pallet { get; } = new MessageOrigin.Pallet([.. "PhalaPhatContracts"u8]);

    private static ulong Gas => Clusters.Execution.Fuel.MostOfCommand;

    private static Message Operation(ClusterOperation operation) => new(Pallet, Topics.ClusterOperation, Vec.Create<byte>(Scale.Encode(operation)));

    private static void Require(EnvelopeError error)
    {
        if (error != EnvelopeError.None) throw new InvalidOperationException($"An envelope of the test's own: {error}.");
    }

    private Cluster Cluster() => new(Genesis, Id, _native.Count == 1 ? Compiled : new ContractCodes([.. _native]));

    /// <summary>An output that was too long for its receipt is asked for.</summary>
    private Outcome Recall(Receipt receipt, Hash256 contract, ClusterAccount sender)
    {
        OutsideWorld nothing = new(() => Now);
        return Ask<OpenedOutcome>(contract, new InkQueryData.CommandOutput(receipt.Id), sender, nothing).Outcome;
    }

    private T Ask<T>(Hash256 contract, InkQueryData data, ClusterAccount sender, OutsideWorld outside)
        where T : class, IScale<T>
    {
        QueryHost host = outside.ToHost();
        QueryOutcome outcome = _cluster.View(_state, host, _secrets[0]).At(BlockNumber, Now).Query(contract, data, sender, ulong.MaxValue).Outcome;
        if (outcome is not QueryOutcome.Returned returned) throw new InvalidOperationException($"The query was refused: {((QueryOutcome.Refused)outcome).Reason}.");
        return Scale.Decode<T>(returned.Data.AsSpan()).TryGet(out T? answer) ? answer : throw new InvalidOperationException("The answer has another form than it should.");
    }

    private EntryResult Apply(params Message[] messages)
    {
        Vec<EntryChannel> channels = [new EntryChannel(Channel.OfCluster(Id), EntryDraft.HashOf(Vec.Create<Message>(messages)))];
        QueueEntry entry = new(BlockNumber, Genesis, Now, channels);
        EntryResult result = _cluster.Apply(_state, _state.Position.Append(entry.Hash()), entry, messages, _secrets);
        if (result.Fault is { } fault) throw new InvalidOperationException($"A fault of the cluster: {fault}");
        _state = result.State;
        return result;
    }
}
