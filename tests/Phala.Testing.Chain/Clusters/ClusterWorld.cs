using System.Buffers.Binary;
using System.Text;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Testing.Chain.Clusters;

/// <summary>A cluster without a chain: entries are made up here, and everything random follows from a counter.</summary>
public sealed class ClusterWorld
{
    public const ulong Gas = 1_000_000_000;
    public const ulong FirstTime = 1_700_000_000_000;
    public const ulong EntryTime = 6_000;

    private readonly Dictionary<uint, ClusterSecrets> _secrets;
    private int _drawn;

    /// <summary>A cluster that nothing was executed of.</summary>
    public ClusterWorld(ulong gasPrice = 0, ulong perItem = 0, ulong perByte = 0, ulong deposit = 1_000_000_000_000_000, ContractCodes? codes = null)
    {
        Setup = new ClusterSetup(Owner, deposit, gasPrice, perItem, perByte, Account("treasury"), NativeCode.SystemContract);
        Cluster = new Cluster(Genesis, Id, codes ?? ContractCodes.Standard);
        _secrets = new() { [0] = new ClusterSecrets(0, Bytes("command key"), Bytes("root secret")) };
        State = ClusterState.Begin(new QueueHead(41, Hash("where the cluster begins")));
    }

    public static Hash256 Genesis { get; } = Hash("genesis");

    public static Hash256 Id { get; } = ContractId.OfCluster(1);

    public static AccountId Owner { get; } = Account("owner");

    public static Hash256 System { get; } = ContractId.Of(Owner, NativeCode.SystemContract, Id, []);

    /// <summary>The vault that <see cref="Begin"/> makes.</summary>
    public static Hash256 Vault { get; } = ContractId.Of(Owner, NativeCode.Vault, Id, "vault"u8);

    public static MessageOrigin Pallet { get; } = new MessageOrigin.Pallet([.. "PhalaPhatContracts"u8]);

    public ClusterSetup Setup { get; set; }

    public Cluster Cluster { get; }

    public ClusterState State { get; set; }

    public IReadOnlyDictionary<uint, ClusterSecrets> Secrets => _secrets;

    /// <summary>The time of the next entry.</summary>
    public ulong Now { get; set; } = FirstTime;

    public X25519PublicKey CommandKey => new(_secrets[0].CommandKey.PublicKey);

    public static AccountId Account(string name) => new(Hash("account " + name).AsSpan());

    public static Hash256 Hash(string text)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Encoding.UTF8.GetBytes(text), hash);
        return new Hash256(hash);
    }

    public static byte[] Bytes(string text) => Hash(text).AsSpan().ToArray();

    /// <summary>Selector and arguments.</summary>
    public static byte[] Call(string label, params byte[][] arguments)
    {
        byte[] hash = Bytes(label);
        Blake2b.Hash256(Encoding.ASCII.GetBytes(label), hash);
        return [.. hash[..4], .. arguments.SelectMany(argument => argument)];
    }

    /// <summary>A selector that does not follow from a label, and arguments.</summary>
    public static byte[] Call(uint selector, params byte[][] arguments)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, selector);
        return [.. bytes, .. arguments.SelectMany(argument => argument)];
    }

    public static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Sequence(bytes);
    }

    public static byte[] Sequence(byte[] bytes)
    {
        byte[] encoded = new byte[ScaleWriter.CompactLength((uint)bytes.Length) + bytes.Length];
        ScaleWriter writer = new(encoded.AsSpan());
        writer.WriteByteSequence(bytes);
        return encoded;
    }

    /// <summary>32 bytes that were not drawn before.</summary>
    public byte[] Draw() => Bytes($"drawn {_drawn++}");

    /// <summary>Executes the cluster's first message, and makes a vault.</summary>
    public ClusterWorld Begin()
    {
        Apply(Create(), Instantiate(Owner, NativeCode.Vault, "vault"u8, Call("new")));
        return this;
    }

    /// <summary>Executes the next entry and stands there then, unless there is a fault.</summary>
    public EntryResult Apply(params Message[] messages)
    {
        QueueEntry entry = Entry(messages);
        EntryResult result = Cluster.Apply(State, State.Position.Append(entry.Hash()), entry, messages, _secrets);
        State = result.State;
        Now += EntryTime;
        return result;
    }

    /// <summary>What queries see of the state.</summary>
    public ClusterView View(QueryHost? host = null) => Cluster.View(State, host ?? TestHost.Nothing, _secrets[0]);

    /// <summary>The entry that the messages would be in.</summary>
    public QueueEntry Entry(params Message[] messages)
    {
        Vec<EntryChannel> channels = messages.Length == 0 ? default : [new EntryChannel(Channel.OfCluster(Id), EntryDraft.HashOf(Vec.Create<Message>(messages)))];
        return new QueueEntry((uint)(Now / EntryTime % 1_000_000), Genesis, Now, channels);
    }

    public Message Create(params Sr25519PublicKey[] workers) => Operation(new ClusterOperation.Create(Id, Setup, Vec.Create<Sr25519PublicKey>(workers)));

    public static Message Operation(ClusterOperation operation) => new(Pallet, Topics.ClusterOperation, Vec.Create<byte>(Scale.Encode(operation)));

    public static Message Deposit(AccountId account, UInt128 amount) => Operation(new ClusterOperation.Deposit(Id, account, amount));

    public static Message Instantiate(AccountId deployer, Hash256 code, ReadOnlySpan<byte> salt, byte[] data, ulong gas = Gas, ulong transfer = 0)
    {
        ContractInfo info = new(deployer, new CodeIndex.WasmCode(code), Vec.Create(salt), Id, Vec.Create<byte>(data));
        return new Message(Pallet, Topics.ContractOperation, Vec.Create<byte>(Scale.Encode<ContractOperation>(new ContractOperation.InstantiateCode(info, transfer, gas, default))));
    }

    public static Message Plain(AccountId sender, Hash256 contract, byte[] message, ulong gas = Gas, UInt128 transfer = default, Option<UInt128> depositLimit = default) =>
        Message(sender, contract, new CommandPayload.Plain(new InkCommand.InkMessage(default, Vec.Create<byte>(message), transfer, gas, depositLimit)));

    public static Message Message(AccountId sender, Hash256 contract, CommandPayload payload) =>
        new(new MessageOrigin.AccountId(sender), Topics.Command(contract), Vec.Create<byte>(Scale.Encode(payload)));

    /// <summary>A sealed command.</summary>
    public Message Sealed(AccountId sender, Hash256 contract, byte[] message, X25519KeyPair? reply = null, ulong gas = Gas, ulong? expiry = null, byte[]? nonce = null, UInt128 transfer = default)
    {
        CommandBody body = new(Vec.Create<byte>(message), transfer, gas, default, reply is null ? default : new(new X25519PublicKey(reply.PublicKey)));
        return Message(sender, contract, new CommandPayload.Sealed(Seal(sender, contract, body, expiry, nonce)));
    }

    public SealedCommand Seal(AccountId sender, Hash256 contract, CommandBody body, ulong? expiry = null, byte[]? nonce = null)
    {
        CommandContext context = new(Genesis, Id, contract, sender);
        EnvelopeError error = CommandEnvelope.Seal(context, CommandKey, 0, new CommandNonce(nonce ?? Draw()), expiry ?? (Now + 3_600_000), body, Draw(), out SealedCommand? command);
        return error == EnvelopeError.None ? command! : throw new InvalidOperationException($"{error}");
    }
}
