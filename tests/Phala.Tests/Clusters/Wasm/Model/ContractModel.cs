using Phala.Chain;
using Phala.Worker.Interface.Receipts;

namespace Phala.Tests.Clusters.Wasm.Model;

/// <summary>Contracts of a cluster as naively as can be: everything is copied before a call, and put back where it does not stay.</summary>
internal sealed class ContractModel(int contracts, UInt128 perItem, UInt128 perByte)
{
    private const int DeepestCall = 6, Trapped = 1, Reverted = 2, TransferFailed = 5, NotCallable = 8;

    private readonly Stack<Frame> _active = new();
    private Dictionary<(int Contract, byte Key), byte[]> _stored = [];
    private Dictionary<AccountId, UInt128> _balances = [];
    private Dictionary<int, UInt128> _deposits = [];
    private List<byte[]> _events = [];
    private HashSet<int> _ended = [];

    public IReadOnlyDictionary<(int Contract, byte Key), byte[]> Stored => _stored;

    public IReadOnlyDictionary<AccountId, UInt128> Balances => _balances;

    public IReadOnlyDictionary<int, UInt128> Deposits => _deposits;

    public IReadOnlyList<byte[]> Events => _events;

    public int Steps { get; private set; }

    public static AccountId AccountOf(int contract) => new(ProbeWorld.Probe((byte)contract).AsSpan());

    public void Give(AccountId account, UInt128 amount) => _balances[account] = _balances.GetValueOrDefault(account) + amount;

    /// <summary>Runs a command.</summary>
    /// <returns>How it ends, and what it gives where it returns or reverts.</returns>
    public (OutcomeStatus Status, byte[] Output) Run(AccountId sender, int contract, UInt128 value, IReadOnlyList<ModelStep> steps)
    {
        Action restore = Save();
        List<long> results = [];
        int ended = TryMove(sender, AccountOf(contract), value) ? Run(contract, lent: false, steps, results) : TransferFailed;
        OutcomeStatus status = ended switch { 0 => OutcomeStatus.Succeeded, Reverted => OutcomeStatus.Reverted, TransferFailed => OutcomeStatus.TransferFailed, _ => OutcomeStatus.Trapped };
        if (status == OutcomeStatus.Succeeded && !TryLock(sender)) status = OutcomeStatus.DepositFailed;
        if (status != OutcomeStatus.Succeeded) restore();
        return (status, status is OutcomeStatus.Succeeded or OutcomeStatus.Reverted ? [.. results.SelectMany(BitConverter.GetBytes)] : []);
    }

    private int Run(int contract, bool lent, IReadOnlyList<ModelStep> steps, List<long> results)
    {
        _active.Push(new Frame(contract));
        Action restore = Save();
        int ended = RunSteps(contract, lent, steps, results);
        if (ended != 0) restore();
        _active.Pop();
        return ended;
    }

    private int RunSteps(int contract, bool lent, IReadOnlyList<ModelStep> steps, List<long> results)
    {
        foreach (ModelStep step in steps)
        {
            Steps++;
            switch (step)
            {
                case ModelStep.GiveUp end:
                    return end.Traps ? Trapped : Reverted;
                case ModelStep.Terminate terminate:
                    if (_active.Count(frame => frame.Contract == contract) > 1) return Trapped;
                    TryMove(AccountOf(contract), terminate.Beneficiary, _balances.GetValueOrDefault(AccountOf(contract)));
                    foreach ((int, byte) key in _stored.Keys.Where(key => key.Contract == contract).ToArray()) _stored.Remove(key);
                    _ended.Add(contract);
                    results.Clear();
                    return 0;
                default:
                    if (RunStep(contract, step) is not { } result) return Trapped;
                    results.Add(result);
                    break;
            }
        }

        return 0;
    }

    /// <returns>What the host says; null where it ends the call.</returns>
    private long? RunStep(int contract, ModelStep step)
    {
        switch (step)
        {
            case ModelStep.Set set:
                long before = LengthOf(contract, set.Key);
                _stored[(contract, set.Key)] = set.Value;
                return before;
            case ModelStep.Clear clear:
                long length = LengthOf(contract, clear.Key);
                _stored.Remove((contract, clear.Key));
                return length;
            case ModelStep.Length ask:
                return LengthOf(contract, ask.Key);
            case ModelStep.Pay pay:
                return TryMove(AccountOf(contract), pay.To, pay.Amount) ? 0 : TransferFailed;
            case ModelStep.Emit emit:
                _events.Add(emit.Data);
                return 0;
            case ModelStep.Lend lend:
                if (_active.Count == DeepestCall) return null;
                _active.Peek().AllowsReentry = false;
                return Run(contract, lent: true, lend.Steps, []);
            case ModelStep.Call call:
                return Call(contract, call);
            default:
                throw new InvalidOperationException($"{step}");
        }
    }

    private long? Call(int contract, ModelStep.Call call)
    {
        if (_ended.Contains(call.Callee)) return NotCallable;
        if (_active.Count == DeepestCall) return null;
        _active.Peek().AllowsReentry = call.AllowsReentry;
        if (_active.Any(frame => frame.Contract == call.Callee && !frame.AllowsReentry)) return null;
        Action restore = Save();
        if (!TryMove(AccountOf(contract), AccountOf(call.Callee), call.Value)) return TransferFailed;
        int ended = Run(call.Callee, lent: false, call.Steps, []);
        if (ended != 0) restore();
        return ended;
    }

    private long LengthOf(int contract, byte key) => _stored.TryGetValue((contract, key), out byte[]? value) ? value.Length : -1;

    private bool TryMove(AccountId from, AccountId to, UInt128 amount)
    {
        if (_balances.GetValueOrDefault(from) < amount) return false;
        _balances[from] = _balances.GetValueOrDefault(from) - amount;
        _balances[to] = _balances.GetValueOrDefault(to) + amount;
        return true;
    }

    /// <summary>A key takes its own byte and one that says which space it is in.</summary>
    private bool TryLock(AccountId sender)
    {
        Dictionary<int, UInt128> wanted = Enumerable.Range(0, contracts).ToDictionary(
            contract => contract, contract => _stored.Where(item => item.Key.Contract == contract).Aggregate(UInt128.Zero, (sum, item) => sum + perItem + (perByte * (2 + (UInt128)item.Value.Length))));
        UInt128 have = _balances.GetValueOrDefault(sender) + _deposits.Values.Aggregate(UInt128.Zero, (sum, deposit) => sum + deposit), locked = wanted.Values.Aggregate(UInt128.Zero, (sum, deposit) => sum + deposit);
        if (have < locked) return false;
        (_balances[sender], _deposits) = (have - locked, wanted);
        return true;
    }

    private Action Save()
    {
        (var stored, var balances, var deposits, var events, var ended) = (new Dictionary<(int, byte), byte[]>(_stored), new Dictionary<AccountId, UInt128>(_balances), new Dictionary<int, UInt128>(_deposits), new List<byte[]>(_events), new HashSet<int>(_ended));
        return () => (_stored, _balances, _deposits, _events, _ended) = (stored, balances, deposits, events, ended);
    }

    private sealed class Frame(int contract)
    {
        public int Contract { get; } = contract;

        public bool AllowsReentry { get; set; }
    }
}
