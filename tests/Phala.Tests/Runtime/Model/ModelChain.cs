using System.Numerics;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Tests.Runtime.Model;

/// <summary>
/// A slow second implementation of the chain's state transition: plain values, no trie, no overlay, no weights by class. It follows Substrate's documentation and sources,
/// not the runtime's.
/// </summary>
internal sealed class ModelChain
{
    private const ulong MostBytes = 5 * 1024 * 1024 / 4 * 3;

    private readonly GenesisConfig _config;
    private readonly ModelBalances _balances;
    private readonly ModelCalls _calls;
    private readonly Dictionary<uint, Hash256> _hashes = [];
    private Phase _phase = new Phase.Initialization();
    private BigInteger _fees;
    private ModelCost _normal, _mandatory;
    private ulong _slot, _now, _bytes;
    private uint _count;

    public ModelChain(GenesisConfig config, Hash256 genesis, Reach reach)
    {
        (_config, State) = (config, ModelState.Begin(config));
        _hashes[0] = genesis;
        _balances = new ModelBalances(this);
        _calls = new ModelCalls(this, _balances, reach);
        Reached = reach;
    }

    public ModelState State { get; set; }

    /// <summary>The block that is being made; the next one between blocks.</summary>
    public uint Number { get; private set; }

    public Reach Reached { get; }

    /// <summary>What the last block's execution adds to the digest.</summary>
    public List<DigestItem> Digest { get; } = [];

    public ModelAccount? AccountOf(AccountId id) => State.Accounts.GetValueOrDefault(id);

    public void Put(AccountId id, ModelAccount? account) =>
        State = State with { Accounts = account is null ? State.Accounts.Remove(id) : State.Accounts.SetItem(id, account) };

    public void Tell<T>(in T happened)
        where T : IEvent<T> => State = State with { Events = State.Events.Add(new EventRecord(_phase, RuntimeEvent.Of(happened), default)) };

    public static BigInteger FeeOf(ModelCost cost, int length) =>
        ((BigInteger)10 * (ModelWeights.BaseExtrinsic + Math.Min(cost.Time, ModelWeights.Block))) + ((BigInteger)10_000_000 * length);

    /// <summary>Begins a block with its time.</summary>
    public void Begin(ulong slot, ulong now, int timestampLength)
    {
        Number++;
        (_slot, _now, _bytes, _count, _fees) = (slot, now, (ulong)timestampLength, 1, 0);
        _normal = default;
        _mandatory = new ModelCost(ModelWeights.BaseBlock + ModelWeights.BaseExtrinsic + ModelWeights.Timestamp);
        _phase = new Phase.ApplyExtrinsic(0);
        State = State with { Events = [] };
        Digest.Clear();
        Tell(new FrameSystem.ExtrinsicSuccess(ModelWeights.Told(new ModelCost(ModelWeights.Timestamp), DispatchClass.Mandatory, isFree: false)));
        Reached.Note(RuntimeShape.CallOf(typeof(Timestamp.Set)), null);
    }

    /// <summary>Applies a transaction; the reason where it can't be in the block, and then nothing has changed.</summary>
    public TransactionValidityError? Apply(ModelTransaction transaction)
    {
        ModelCost announced = ModelWeights.Of(transaction.Call);
        BigInteger fee = FeeOf(announced, transaction.Length) + transaction.Tip;
        if (Refusal(transaction, announced, fee) is { } refusal)
        {
            Reached.Note(refusal);
            return refusal;
        }

        _phase = new Phase.ApplyExtrinsic(_count++);
        AccountId signer = transaction.Signer;
        ModelAccount account = AccountOf(signer)!;
        Put(signer, account with { Nonce = account.Nonce + 1 });
        _balances.Withdraw(signer, fee);

        ModelResult result = _calls.Dispatch(transaction.Call, signer);
        ModelCost cost = result.Cost ?? announced;
        BigInteger actual = (result.IsFree ? 0 : FeeOf(cost, transaction.Length)) + transaction.Tip, back = AccountOf(signer) is null ? 0 : fee - actual;
        _balances.Give(signer, back);
        _fees += fee - back;
        Tell(new TransactionPayment.TransactionFeePaid(signer, (UInt128)actual, (UInt128)transaction.Tip));
        DispatchInfo told = ModelWeights.Told(cost, DispatchClass.Normal, result.IsFree);
        if (result.Error is { } error) Tell(new FrameSystem.ExtrinsicFailed(error, told));
        else Tell(new FrameSystem.ExtrinsicSuccess(told));
        _normal += cost + new ModelCost(ModelWeights.BaseExtrinsic);
        _bytes += (ulong)transaction.Length;
        return null;
    }

    /// <summary>Finishes the block: the author's fees, the session's end, the upgrade.</summary>
    public void Finish()
    {
        _phase = new Phase.Finalization();
        _balances.Give(State.Validators[(int)(_slot % (ulong)State.Validators.Length)], _fees);
        if (_config.SessionLength > 0 && Number % _config.SessionLength == 0) EndSession();
        if (State.Pending is { } upgrade && upgrade.At == Number)
        {
            State = State with { Pending = null, Spec = upgrade.SpecVersion };
            Digest.Add(new DigestItem.RuntimeEnvironmentUpdated());
            Tell(new FrameSystem.CodeUpdated());
        }

        Append();
    }

    /// <summary>Every twentieth block without an entry is one: number, parent and time in little endian, and no channels.</summary>
    private void Append()
    {
        if (Number - State.Queue.Last < 20) return;
        byte[] entry = [.. BitConverter.GetBytes(Number), .. _hashes[Number - 1].AsSpan(), .. BitConverter.GetBytes(_slot * _config.SlotDuration), 0], hash = new byte[32], head = new byte[32];
        Blake2b.Hash256(entry, hash);
        Blake2b.Hash256([.. "phala-mq"u8, .. State.Queue.Head.AsSpan(), .. hash], head);
        State = State with { Queue = (State.Queue.Count + 1, new Hash256(head), Number) };
        Digest.Add(new DigestItem.Consensus(new EngineId("phmq"u8), [.. BitConverter.GetBytes(State.Queue.Count), .. head]));
    }

    public void Know(Hash256 hash) => _hashes[Number] = hash;

    /// <summary>The hash of a block; of one that does not exist, the genesis's.</summary>
    public Hash256 HashAt(uint number) => _hashes.GetValueOrDefault(number, _hashes[0]);

    /// <summary>Every entry that the state has after the block.</summary>
    public StateSnapshot Expected(Digest digest)
    {
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        TrieOverlay state = overlay.Main;
        State.Write(state);
        FrameSystem.Number.Set(state, Number);
        FrameSystem.ParentHash.Set(state, _hashes[Number - 1]);
        foreach ((uint number, Hash256 hash) in _hashes) if (number < Number) FrameSystem.BlockHash.Set(state, number, hash);
        FrameSystem.Digest.Set(state, digest);
        FrameSystem.ExtrinsicCount.Set(state, _count);
        FrameSystem.BlockWeight.Set(state, new PerDispatchClass<Weight>(new Weight(_normal.Time, _normal.Proof), default, new Weight(_mandatory.Time, _mandatory.Proof)));
        Timestamp.Now.Set(state, _now);
        Aura.CurrentSlot.Set(state, _slot);
        Aura.SlotDuration.Set(state, _config.SlotDuration);
        Session.Length.Set(state, _config.SessionLength);
        return overlay.ToSnapshot();
    }

    private TransactionValidityError? Refusal(ModelTransaction transaction, ModelCost announced, BigInteger fee)
    {
        if (transaction.Defect is { IsUnknown: true } unknown) return unknown;
        if (transaction.Period > 0 && !_hashes.ContainsKey(Birth(transaction))) return InvalidTransaction.AncientBirthBlock;
        if (transaction.Defect is { } defect) return defect;
        if (ModelWeights.IsMandatory(transaction.Call)) return InvalidTransaction.MandatoryValidation;
        if (AccountOf(transaction.Signer) is not { } account) return InvalidTransaction.Payment;
        if (transaction.Nonce < account.Nonce) return InvalidTransaction.Stale;
        if (announced.Time > ModelWeights.Normal - ModelWeights.BaseExtrinsic || transaction.Length > (int)MostBytes) return InvalidTransaction.ExhaustsResources;
        if (account.Free - ModelBalances.Deposit < fee) return InvalidTransaction.Payment;
        if (transaction.Nonce > account.Nonce) return InvalidTransaction.Future;
        ulong after = checked(_normal.Time + announced.Time + ModelWeights.BaseExtrinsic);
        bool fits = after <= ModelWeights.Normal && after + _mandatory.Time <= ModelWeights.Block && _bytes + (ulong)transaction.Length <= MostBytes;
        return fits ? null : InvalidTransaction.ExhaustsResources;
    }

    /// <summary>The last block at which a window begins that is not after this one; the first such block where there is none.</summary>
    private uint Birth(ModelTransaction transaction)
    {
        uint birth = transaction.Phase;
        while (birth + transaction.Period <= Number) birth += transaction.Period;
        return birth;
    }

    private void EndSession()
    {
        State = State with { Session = State.Session + 1 };
        Tell(new Session.NewSession(State.Session));
        AccountId[] next = [.. (State.Queued ?? State.Validators).Where(State.NextKeys.ContainsKey)];
        State = State with { Queued = null };
        if (next.Length == 0) return;
        SessionKeys[] before = [.. State.Working], keys = [.. next.Select(validator => State.NextKeys[validator])];
        State = State with { Validators = [.. next], Working = [.. keys] };
        if (!keys.Select(key => key.Aura).SequenceEqual(before.Select(key => key.Aura)))
        {
            byte[] list = Scale.Encode<VecCodec<AuraAuthorityId, AuraAuthorityId>, Vec<AuraAuthorityId>>([.. keys.Select(key => key.Aura)]);
            Digest.Add(new DigestItem.Consensus(EngineId.Aura, [1, .. list]));
        }

        if (keys.Select(key => key.Grandpa).SequenceEqual(before.Select(key => key.Grandpa))) return;
        Vec<GrandpaAuthority> voters = [.. keys.Select(key => new GrandpaAuthority(key.Grandpa, 1))];
        State = State with { SetId = State.SetId + 1 };
        Tell(new Grandpa.NewAuthorities(voters));
        Digest.Add(new DigestItem.Consensus(EngineId.Grandpa, [1, .. Scale.Encode<VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>>(voters), 0, 0, 0, 0]));
    }
}
