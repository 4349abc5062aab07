using System.Collections.Concurrent;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Testing.Chain;

/// <summary>A chain in memory: one block after the other, with the transactions that the test gives.</summary>
public sealed class TestChain
{
    /// <summary>What each actor begins with.</summary>
    public const ulong Endowment = 1000 * Balances.Pha;

    private static readonly PhalaRuntime Rules = new();

    private static readonly ConcurrentDictionary<uint, byte[]> Codes = new();

    private readonly Hash256 _genesis;
    private ulong _slot = 1;

    private TestChain(PhalaRuntime runtime, StateSnapshot state)
    {
        (Runtime, State) = (runtime, state);
        Best = BlockId.Of(Header.Genesis(state.Root));
        _genesis = Best.Hash;
    }

    /// <summary>The runtime.</summary>
    public PhalaRuntime Runtime { get; }

    /// <summary>The state after the best block.</summary>
    public StateSnapshot State { get; private set; }

    /// <summary>The best block.</summary>
    public BlockId Best { get; private set; }

    /// <summary>The hash of the first block.</summary>
    public Hash256 GenesisHash => _genesis;

    /// <summary>How the transactions of the last block ended, the timestamp aside.</summary>
    public IReadOnlyList<ApplyOutcome> Outcomes { get; private set; } = [];

    /// <summary>The code for light clients that every chain has, written once for all tests.</summary>
    public static byte[] LightCode(uint specVersion) => Codes.GetOrAdd(specVersion, Rules.LightCode);

    /// <summary>The usual beginning: six actors with <see cref="Endowment"/>, Alice and Bob as validators, Alice as sudo.</summary>
    public static GenesisConfig Usual { get; } = new()
    {
        Validators = [(Actor.Alice.Account, KeysOf(Actor.Alice)), (Actor.Bob.Account, KeysOf(Actor.Bob))],
        Balances = [.. Actor.All.Select(actor => (actor.Account, (UInt128)Endowment))],
        Sudo = Actor.Alice.Account,
        SpecVersion = PhalaVersion.OldestSpec,
    };

    /// <summary>Begins a chain.</summary>
    public static TestChain Create(GenesisConfig? config = null)
    {
        GenesisError error = GenesisBuilder.TryBuild(config ?? Usual, LightCode, out StateSnapshot? state);
        return error == GenesisError.None ? new TestChain(new PhalaRuntime(LightCode), state) : throw new ArgumentException($"No genesis: {error}.", nameof(config));
    }

    /// <summary>The session keys of an actor: its own for Aura, and ed25519 with the account's bytes as seed for GRANDPA.</summary>
    public static SessionKeys KeysOf(Actor actor)
    {
        using Ed25519KeyPair grandpa = Ed25519KeyPair.FromSeed(actor.Account.AsSpan());
        return new SessionKeys(new AuraAuthorityId(actor.Account.AsSpan()), new GrandpaAuthorityId(grandpa.PublicKey));
    }

    /// <summary>What an account has.</summary>
    public AccountInfo this[Actor actor] => FrameSystem.Account.Get(State.Main, actor.Account);

    /// <summary>A transaction signed for the next block.</summary>
    public OpaqueExtrinsic Sign<T>(Actor actor, in T call, uint? nonce = null, ulong tip = 0, Era era = default)
        where T : ICall<T> => actor.Sign(RuntimeCall.Of(call), new TransactionExtensions(era, nonce ?? this[actor].Nonce, tip), Implied(era));

    /// <summary>What signatures of the next block's transactions imply.</summary>
    public ImpliedData Implied(Era era = default)
    {
        uint spec = FrameSystem.LastRuntimeUpgrade.Get(State.Main).SpecVersion, birth = era.Birth(Best.Number + 1);
        Hash256 eraBlock = era.IsImmortal ? _genesis : birth == Best.Number ? Best.Hash : FrameSystem.BlockHash.Get(State.Main, birth);
        return new ImpliedData(spec, PhalaVersion.Transaction, _genesis, eraBlock);
    }

    /// <summary>The inherent of a slot.</summary>
    public OpaqueExtrinsic Inherent(ulong slot) => Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(slot * Aura.SlotDuration.Get(State.Main)))));

    /// <summary>Begins the next block with its time told.</summary>
    public BlockExecution Begin()
    {
        BlockError error = Runtime.TryBegin(State, Best, _slot, out BlockExecution? execution);
        if (error != BlockError.None) throw new InvalidOperationException($"No block: {error}.");
        ApplyOutcome time = Apply(execution, Inherent(_slot));
        return time.IsIncluded ? execution : throw new InvalidOperationException($"No time: {time.Refusal}.");
    }

    /// <summary>Makes a block of transactions, whatever becomes of them, and adds it to the chain.</summary>
    public ExecutedBlock Author(params ReadOnlySpan<OpaqueExtrinsic> transactions)
    {
        BlockExecution execution = Begin();
        List<ApplyOutcome> outcomes = [];
        foreach (OpaqueExtrinsic transaction in transactions) outcomes.Add(Apply(execution, transaction));
        Outcomes = outcomes;
        BlockError error = execution.TryFinish(out ExecutedBlock? block);
        if (error != BlockError.None) throw new InvalidOperationException($"No block: {error}.");
        Adopt(block);
        return block;
    }

    /// <summary>Adds a block to the chain.</summary>
    public void Adopt(ExecutedBlock block)
    {
        (State, Best) = (block.State, BlockId.Of(block.Header));
        _slot++;
    }

    /// <summary>The events of the best block.</summary>
    public IReadOnlyList<EventRecord> Events() => FrameSystem.Events.Get(State.Main).ToArray();

    /// <summary>The events of one kind in the best block.</summary>
    public IReadOnlyList<T> EventsOf<T>()
        where T : IEvent<T> => [.. Events().Select(record => record.Event).OfType<RuntimeEvent<T>>().Select(item => item.Value)];

    private static ApplyOutcome Apply(BlockExecution execution, OpaqueExtrinsic transaction) =>
        execution.TryPrepare(transaction, out PreparedTransaction? prepared)
            ? execution.Apply(prepared)
            : throw new ArgumentException("These bytes are no transaction.", nameof(transaction));
}
