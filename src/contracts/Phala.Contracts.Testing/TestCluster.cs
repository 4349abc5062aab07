using System.Linq.Expressions;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Contracts.Testing.Calls;
using Phala.Contracts.Testing.Direct;
using Phala.Contracts.Testing.World;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Contracts.Testing;

/// <summary>A cluster for tests of contracts.</summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> It is a worker's cluster, with storage, balances, events, calls between contracts and sealed commands; only the chain before it is left out. Contracts run on .NET, where a debugger stops in the author's code,
/// or compiled, in the engine of workers; <see cref="InBothModes"/> runs a test both ways and compares all that it saw.
/// </para>
/// <para><b>Invariant.</b> A test gives the same in every run: time, entropy and servers are the test's.</para>
/// </remarks>
public sealed class TestCluster
{
    private readonly TestWorld _world;
    private readonly OutsideWorld _outside;
    private readonly List<EmittedEvent> _events = [];
    private readonly List<Action> _summaries = [];
    private int _deployed;

    /// <summary>Begins a cluster.</summary>
    /// <param name="mode">How its contracts are run.</param>
    public TestCluster(TestMode mode = TestMode.Direct)
    {
        Mode = mode;
        _world = new TestWorld(1_700_000_000_000);
        _outside = new OutsideWorld(() => Now);
        (Owner, Alice, Bob, Charlie) = (Account("owner"), Account("alice"), Account("bob"), Account("charlie"));
    }

    /// <summary>How contracts are run.</summary>
    public TestMode Mode { get; }

    /// <summary>Who makes contracts: their constructors' caller.</summary>
    public AccountId Owner { get; }

    /// <summary>An account with a million tokens.</summary>
    public AccountId Alice { get; }

    /// <summary>An account with a million tokens.</summary>
    public AccountId Bob { get; }

    /// <summary>An account with a million tokens.</summary>
    public AccountId Charlie { get; }

    /// <summary>The time of the next block in milliseconds since 1970. Each command takes a block, of six seconds.</summary>
    public ulong Now
    {
        get => _world.Now;
        set => _world.Now = value;
    }

    /// <summary>Answers the requests of queries.</summary>
    public Func<TestRequest, TestResponse> Http
    {
        get => _outside.Http;
        set => _outside.Http = value;
    }

    /// <summary>What contracts have emitted, in order.</summary>
    public IReadOnlyList<EmittedEvent> Events => _events;

    /// <summary>What happened, line by line.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>Runs a test in one mode: for contracts that no test compares.</summary>
    /// <param name="mode">How contracts are run.</param>
    /// <param name="test">The test.</param>
    public static void InMode(TestMode mode, Action<TestCluster> test) => test(new TestCluster(mode));

    /// <summary>Runs a test on .NET and compiled, and compares results, events and storage.</summary>
    /// <param name="test">The test.</param>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void InBothModes(Action<TestCluster> test)
    {
        TestCluster direct = new(), compiled = new(TestMode.Wasm);
        test(direct);
        test(compiled);
        direct.Summarize();
        compiled.Summarize();
        if (Transcript.Difference(direct.Transcript, compiled.Transcript) is { } difference) throw new InvalidOperationException($"The contract does something else when it is compiled.\n{difference}");
    }

    /// <summary>An account by a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="balance">What it is given.</param>
    public AccountId Account(string name, ulong balance = 1_000_000)
    {
        Chain.AccountId account = TestWorld.Account(name);
        _world.Deposit(account, balance);
        return new AccountId(account.AsSpan().ToArray());
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Now += (ulong)time.TotalMilliseconds;

    /// <summary>What an account or a contract has.</summary>
    public UInt128 BalanceOf(AccountId account) => _world.BalanceOf(new Chain.AccountId(account.ToArray()));

    /// <summary>Makes a contract.</summary>
    /// <typeparam name="T">Its class.</typeparam>
    /// <param name="constructor">Its constructor, such as <c>() => new Auction(5)</c>.</param>
    /// <param name="value">What the constructor brings.</param>
    /// <exception cref="ContractException">The constructor did not return.</exception>
    public Deployed<T> Deploy<T>(Expression<Func<T>> constructor, ulong value = 0)
        where T : Contract
    {
        ContractArtifact artifact = ContractArtifact.Of(typeof(T));
        return Deploy<T>(artifact, MessageCall.OfConstructor(artifact, constructor), value);
    }

    /// <summary>Makes a contract.</summary>
    /// <typeparam name="T">Its class.</typeparam>
    /// <param name="arguments">Its constructor's arguments.</param>
    /// <exception cref="ContractException">The constructor did not return.</exception>
    public Deployed<T> Deploy<T>(params object?[] arguments)
        where T : Contract
    {
        ContractArtifact artifact = ContractArtifact.Of(typeof(T));
        return Deploy<T>(artifact, MessageCall.OfConstructor(artifact, arguments), 0);
    }

    internal CallEnd Send(AccountId caller, Hash256 contract, MessageCall call, UInt128 value)
    {
        Worker.Interface.Receipts.Outcome outcome = _world.Command(new Chain.AccountId(caller.ToArray()), contract, call.Input, value, out EntryResult result);
        Note(result);
        CallEnd end = CallEnd.Of(outcome);
        Transcript.Add($"{call.Name}({Convert.ToHexString(call.Input)}) {end}");
        return end;
    }

    internal CallEnd Query(AccountId caller, Hash256 contract, MessageCall call, UInt128 value)
    {
        ContractExecResult result = _world.Query(new Chain.AccountId(caller.ToArray()), contract, call.Input, value, _outside);
        CallEnd end = result.Result.TryGet(out ExecReturnValue? returned, out Runtime.Interface.Dispatch.DispatchError error) ? CallEnd.Of(returned) : CallEnd.Of(error);
        Transcript.Add($"{call.Name}({Convert.ToHexString(call.Input)}) {end}");
        return end;
    }

    internal IReadOnlyList<StoredEntry> StorageOf(Hash256 contract) =>
        [.. _world.StorageOf(contract).Select(static entry => new StoredEntry(Convert.ToHexStringLower(entry.Key.AsSpan(1)), Convert.ToHexStringLower(entry.Value)))];

    /// <summary>The exception of the author's code that ended the last call on .NET; null where there was none.</summary>
    internal Exception? LastFault { get; private set; }

    internal void ForgetFault() => LastFault = null;

    private Deployed<T> Deploy<T>(ContractArtifact artifact, MessageCall call, ulong value)
        where T : Contract
    {
        Load(artifact);
        ForgetFault();
        byte[] salt = BitConverter.GetBytes(_deployed++);
        ContractInstantiateResult made = _world.Instantiate(artifact.CodeHash, salt, call.Input, value, _outside, out EntryResult? result);
        bool returned = made.Result.TryGet(out InstantiateReturnValue? value2, out Runtime.Interface.Dispatch.DispatchError error);
        CallEnd end = returned ? CallEnd.Of(value2!.Result) : CallEnd.Of(error);
        Transcript.Add($"{call.Name}({Convert.ToHexString(call.Input)}) {end}");
        end.Require(call, LastFault);
        Note(result!);
        Deployed<T> deployed = new(this, artifact, new AccountId(value2!.AccountId.AsSpan().ToArray()), Alice, 0);
        _summaries.Add(() => Transcript.Add($"{call.Name} has {BalanceOf(deployed.Address)}, stores {string.Join(", ", deployed.Storage)}"));
        return deployed;
    }

    private void Load(ContractArtifact artifact)
    {
        if (Mode == TestMode.Direct)
        {
            _world.AddNative(artifact.CodeHash, new DirectCode(artifact.Deploy, artifact.Call, fault => LastFault = fault));
            return;
        }

        if (artifact.Code is not { } code) throw new InvalidOperationException($"There is no {artifact.Type.Assembly.GetName().Name}.wasm beside the assembly: its project does not compile contracts.");
        _world.AddCode(code);
    }

    private void Note(EntryResult result)
    {
        foreach (ContractEvent each in result.Events)
        {
            EmittedEvent emitted = new(new AccountId(each.Contract.AsSpan().ToArray()), [.. each.Topics.ToArray().Select(static topic => new Hash(topic.AsSpan().ToArray()))], each.Data.ToArray());
            _events.Add(emitted);
            Transcript.Add($"event {string.Join(' ', emitted.Topics)} {Convert.ToHexString(emitted.Data.Span)}");
        }
    }

    private void Summarize()
    {
        foreach (Action each in _summaries) each();
    }
}
