using System.Globalization;
using System.Numerics;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime;
using Phala.Runtime.Execution;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Runtime.Model;

/// <summary>A chain of random blocks, made by the runtime, executed again as an importer does, and by the model: refusals, events, digests and every entry of the state agree.</summary>
internal sealed class DifferentialRun
{
    private static readonly PhalaRuntime Runtime = new(TestChain.LightCode);

    private readonly Random _random;
    private readonly ModelChain _model;
    private readonly RandomCalls _calls;
    private readonly Hash256 _genesis;
    private StateSnapshot _state;
    private BlockId _best;
    private ulong _slot;

    public DifferentialRun(int seed, Reach reach)
    {
        _random = new Random(seed);
        GenesisConfig config = TestChain.Usual with
        {
            SessionLength = (uint)_random.Next(3, 8),
            Balances = [.. Actor.All.Select(actor => (actor.Account, (UInt128)_random.Next(2, 1000) * Balances.Pha))],
        };
        Assert.Equal(GenesisError.None, GenesisBuilder.TryBuild(config, TestChain.LightCode, out StateSnapshot? state));
        _state = state;
        _best = BlockId.Of(Header.Genesis(state.Root));
        _genesis = _best.Hash;
        _model = new ModelChain(config, _genesis, reach);
        _calls = new RandomCalls(_random, _model);
    }

    /// <summary>How many transactions were in blocks, and how many were not let in.</summary>
    public int Included { get; private set; }

    public int Refused { get; private set; }

    public void MakeBlock()
    {
        BlockExecution execution = Begin();
        int wanted = _random.Next(14);
        for (int at = 0; at < wanted; at++) ApplyOne(execution);
        _model.Finish();
        Assert.Equal(BlockError.None, execution.TryFinish(out ExecutedBlock? block));
        Compare(block);
        BlockFault fault = Runtime.Execute(_state, _best, block.Header, block.Extrinsics, transactions => Parallel.ForEach(transactions, each => each.VerifySignature()), out ExecutedBlock? again);
        Assert.True(fault.Error == BlockError.None, fault.ToString());
        Assert.Equal(block.State.Root, again.State.Root);

        (_state, _best) = (block.State, BlockId.Of(block.Header));
        _model.Know(_best.Hash);
    }

    private BlockExecution Begin()
    {
        _slot += (ulong)_random.Next(1, 4);
        ulong now = (_slot * 3000) + (ulong)_random.Next(3000);
        OpaqueExtrinsic inherent = Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new Timestamp.Set(now))));
        _model.Begin(_slot, now, Scale.Encode(inherent).Length);
        Assert.Equal(BlockError.None, Runtime.TryBegin(_state, _best, _slot, out BlockExecution? execution));
        Assert.True(execution.TryPrepare(inherent, out PreparedTransaction? prepared));
        Assert.True(execution.Apply(prepared).IsIncluded);
        return execution;
    }

    private void ApplyOne(BlockExecution execution)
    {
        (OpaqueExtrinsic extrinsic, ModelTransaction meant) = Make();
        ModelState before = _model.State;
        TransactionValidityError? expected = _model.Apply(meant);
        Assert.True(execution.TryPrepare(extrinsic, out PreparedTransaction? prepared));
        ApplyOutcome outcome = execution.Apply(prepared);
        TransactionValidityError? refusal = outcome.IsIncluded ? null : outcome.Refusal;
        Assert.True(refusal == expected, $"block {_model.Number}: {meant}: {refusal?.ToString() ?? "taken"} is {expected?.ToString() ?? "taken"}");
        if (outcome.IsIncluded) Included++;
        else Refused++;
        if (!outcome.IsIncluded) Assert.Same(before, _model.State);
    }

    private (OpaqueExtrinsic Extrinsic, ModelTransaction Meant) Make()
    {
        Actor actor = Signer();
        RuntimeCall call = _random.Next(120) switch { 0 => _calls.TooMany(), < 10 => _calls.Relief(), _ => _calls.Next(actor.Account) };
        uint nonce = _model.AccountOf(actor.Account)?.Nonce ?? 0;
        if (_random.Next(20) == 0) nonce = _random.Next(2) == 0 ? nonce + (uint)_random.Next(1, 3) : nonce - Math.Min(nonce, 1);
        UInt128 tip = _random.Next(30) switch { 0 => UInt128.MaxValue, 1 => 2000 * (UInt128)Balances.Pha, < 10 => (UInt128)_random.Next(1_000_000_000), _ => 0 };
        (Era era, uint period, uint phase) = NextEra();
        Hash256 eraBlock = period == 0 ? _genesis : _model.HashAt(era.Birth(_model.Number));
        ImpliedData implied = new(_model.State.Spec, PhalaVersion.Transaction, _genesis, eraBlock);
        TransactionExtensions extensions = new(era, nonce, tip);
        TransactionValidityError? defect = null;
        OpaqueExtrinsic extrinsic;
        switch (_random.Next(40))
        {
            case 0:
                defect = InvalidTransaction.BadProof;
                extrinsic = actor.Sign(call, extensions, Wrong(implied));
                break;
            case 1:
                defect = UnknownTransaction.CannotLookup;
                extrinsic = Extrinsic.Signed(MultiAddress.Index(3), new MultiSignature(SignatureScheme.Sr25519, new byte[64]), Scale.Encode(extensions), Scale.Encode(call));
                break;
            default:
                extrinsic = actor.Sign(call, extensions, implied);
                break;
        }

        return (extrinsic, new ModelTransaction(actor.Account, call, nonce, tip, period, phase, Scale.Encode(extrinsic).Length, defect));
    }

    /// <summary>The one with the sudo key more often than others, and seldom one that can't pay.</summary>
    private Actor Signer()
    {
        Actor[] able = [.. Actor.All.Where(actor => _random.Next(8) == 0 || _model.AccountOf(actor.Account)?.Free > Balances.Pha)];
        if (able.Length == 0) able = [.. Actor.All];
        return _random.Next(2) == 0 && able.FirstOrDefault(actor => actor.Account == _model.State.Sudo) is { } sudo ? sudo : able[_random.Next(able.Length)];
    }

    private (Era Era, uint Period, uint Phase) NextEra()
    {
        if (_random.Next(3) > 0) return (Era.Immortal, 0, 0);
        uint period = 4u << _random.Next(5), from = (uint)_random.Next((int)_model.Number + 2);
        if (_random.Next(6) > 0) from = _model.Number - Math.Min(_model.Number, (uint)_random.Next(1, 4));
        return (Era.Mortal(period, from), period, from % period);
    }

    private ImpliedData Wrong(ImpliedData implied) => _random.Next(3) switch
    {
        0 => implied with { SpecVersion = implied.SpecVersion == 1000 ? 1001u : 1000u },
        1 => implied with { TransactionVersion = 2 },
        _ => implied with { Genesis = default },
    };

    private void Compare(ExecutedBlock block)
    {
        Assert.Equal([Phala.Chain.Aura.AuraSeal.Claim(_slot), .. _model.Digest], block.Header.Digest.Logs.ToArray());
        EventRecord[] events = FrameSystem.Events.Get(block.State.Main).ToArray();
        for (int at = 0; at < Math.Max(events.Length, _model.State.Events.Count); at++)
        {
            string actual = at < events.Length ? $"{events[at].Phase} {events[at].Event}" : "nothing", expected = at < _model.State.Events.Count ? $"{_model.State.Events[at].Phase} {_model.State.Events[at].Event}" : "nothing";
            Assert.True(expected == actual, string.Create(CultureInfo.InvariantCulture, $"block {_model.Number}, event {at}:\n{actual} is\n{expected}"));
            _model.Reached.Note(events[at].Event.Shape);
        }

        StateSnapshot expectedState = _model.Expected(block.Header.Digest);
        if (expectedState.Root != block.State.Root) Assert.Equal(Entries(expectedState), Entries(block.State));
        Assert.Equal(expectedState.Root, block.State.Root);
        Assert.Equal(_model.State.Issuance, _model.State.Accounts.Values.Aggregate(BigInteger.Zero, (sum, account) => sum + account.Free));
        Assert.Equal(Balances.TotalIssuance.Get(block.State.Main), Accounts.Sum(block.State));
    }

    private static SortedDictionary<string, string> Entries(StateSnapshot state)
    {
        SortedDictionary<string, string> entries = new(StringComparer.Ordinal);
        TrieCursor cursor = new(state.Main);
        while (cursor.MoveNext()) entries[Name(cursor.Key)] = cursor.Value.Length > 1000 ? "long" : Hex.Format(cursor.Value.Span);
        return entries;
    }

    private static string Name(ReadOnlySpan<byte> key)
    {
        foreach (Phala.Runtime.Interface.Storage.StorageItem item in RuntimeShape.Pallets.SelectMany(pallet => pallet.Storage))
        {
            if (key.StartsWith(item.Prefix)) return $"{item} {Hex.Format(key[item.Prefix.Length..])}";
        }

        return Hex.Format(key);
    }
}
