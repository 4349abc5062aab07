using System.Buffers.Binary;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>What a client offers contracts when nobody says how much, and as whom it asks when nobody says who.</summary>
public sealed class OfferedToContractsTests : IDisposable
{
    private const ulong GasPrice = 7;

    private static readonly Sr25519PublicKey Identity = new(ClusterWorld.Bytes("identity"));
    private static readonly ContractExecResult Good = new(default, default, new StorageDeposit.Charge(1000), default, Returned(0), default);

    private readonly QueueChain _chain = QueueChain.Create();
    private readonly MemoryNode _node;
    private readonly MemoryWorker _worker;
    private readonly StandingClock _clock = new();
    private RuntimeCall? _sent;

    public OfferedToContractsTests()
    {
        _worker = new MemoryWorker("worker", _chain.Genesis) { View = () => _chain.Best, Returned = Scale.Encode(Good) };
        _chain.Append();
        SessionRecord session = _worker.Session(_chain.Best.Id);
        _chain.Append(spoil: [
            QueueChain.Set(PhalaRegistry.PRuntimeAllowList, [session.Measurement]), QueueChain.Set(PhalaPhatContracts.ClusterWorkers, ClusterWorld.Id, [Identity]), QueueChain.Set(PhalaRegistry.ClusterEpochs, ClusterWorld.Id, 0u),
            QueueChain.Set(PhalaRegistry.ClusterKeys, new ClusterEpoch(ClusterWorld.Id, 0), new X25519PublicKey(X25519KeyPair.Derive(ClusterWorld.Bytes("key")).PublicKey)),
            QueueChain.Set(PhalaRegistry.Sessions, Identity, session), QueueChain.Set(PhalaRegistry.Endpoints, Identity, new VersionedWorkerEndpoints.V1(["http://worker.example:8001"])),
            QueueChain.Set(PhalaPhatContracts.Clusters, ClusterWorld.Id, new ClusterInfo(ClusterWorld.Owner, new ClusterAccess.Public(), ClusterWorld.System, GasPrice, 10, 1)),
        ]);
        _chain.Append(changes: true);
        _chain.Append();
        _clock.Now = DateTimeOffset.FromUnixTimeMilliseconds((long)(_chain.Best.Slot * QueueChain.SlotDuration) + 2000);
        _node = new MemoryNode(_chain) { Submit = Take };
    }

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task A_command_may_lock_what_an_estimate_says_and_a_quarter_more()
    {
        Assert.Equal(new Option<UInt128>((UInt128)1250), await LimitAsync(default));
        InkQueryData.InkMessage asked = Assert.IsType<InkQueryData.InkMessage>(Assert.Single(_worker.Queries).Request.Data);
        Assert.Equal((true, (UInt128)5, (UInt128)3), (asked.Estimating, asked.Transfer, asked.Deposit));
    }

    [Fact]
    public async Task A_command_that_gives_back_may_lock_nothing()
    {
        _worker.Returned = Scale.Encode(Good with { StorageDeposit = new StorageDeposit.Refund(1000) });
        Assert.Equal(new Option<UInt128>((UInt128)0), await LimitAsync(default));
    }

    [Fact]
    public async Task A_command_that_the_contract_would_revert_is_sent()
    {
        _worker.Returned = Scale.Encode(Good with { Result = Returned(ExecReturnValue.RevertFlag) });
        Assert.Equal(new Option<UInt128>((UInt128)1250), await LimitAsync(default));
    }

    [Fact]
    public async Task A_command_that_would_not_run_is_not_sent_and_its_error_is_that_of_contracts()
    {
        _worker.Returned = Scale.Encode(Good with { Result = Result<ExecReturnValue, DispatchError>.Err(DispatchError.Module(4, 21)) });
        ClientFailure? failure = await WithClusterAsync(cluster => SendAsync(cluster, default));
        Assert.Null(_sent);
        Assert.Equal(ClientError.Refused, failure?.Error);
        Assert.Contains("Contracts.StorageDepositNotEnoughFunds", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_is_behind_is_asked_again_before_its_no_is_taken()
    {
        _worker.Returned = Scale.Encode(Good with { Result = Result<ExecReturnValue, DispatchError>.Err(DispatchError.Module(4, 21)) });
        _worker.View = () =>
        {
            if (_worker.Opened < 3) return _chain.Blocks[^2];
            _worker.Returned = Scale.Encode(Good);
            return _chain.Best;
        };
        Assert.Equal(new Option<UInt128>((UInt128)1250), await LimitAsync(default));
        Assert.Equal(3, _worker.Opened);

        _worker.Queries.Clear();
        _worker.View = () => _chain.Blocks[^2];
        Assert.Equal(new Option<UInt128>((UInt128)1250), await LimitAsync(default));
        Assert.Equal(1, _worker.Opened);
    }

    [Fact]
    public async Task An_account_that_is_being_filled_is_asked_for_again_before_it_counts_as_empty()
    {
        _worker.Returned = Scale.Encode(Balance(0));
        _worker.View = () =>
        {
            if (_worker.Opened < 2) return _chain.Blocks[^2];
            _worker.Returned = Scale.Encode(Balance(750));
            return _chain.Best;
        };
        await WithClusterAsync(async cluster =>
        {
            Assert.True((await new ClusterFunds(cluster).CheckAsync(ClusterWorld.Owner, 100, 20, new((UInt128)30))).Require().Suffices);
            return null;
        });
        Assert.Equal(2, _worker.Opened);
    }

    [Fact]
    public async Task A_limit_that_is_given_needs_no_estimate()
    {
        Assert.Equal(default, await LimitAsync(DepositLimit.Any));
        Assert.Equal(new Option<UInt128>((UInt128)8), await LimitAsync(DepositLimit.Of(8)));
        Assert.Equal(0, _worker.Opened);
    }

    [Fact]
    public async Task A_constructor_may_lock_what_an_estimate_says_and_a_quarter_more_unless_something_else_is_said()
    {
        ContractInstantiateResult estimate = new(default, default, new StorageDeposit.Charge(400), default, Result<InstantiateReturnValue, DispatchError>.Ok(new InstantiateReturnValue(new ExecReturnValue(0, default), default)), default);
        _worker.Returned = Scale.Encode(estimate);
        Assert.Equal(new Option<UInt128>(500), (await InstantiateAsync(default))?.StorageDepositLimit);
        Assert.Equal(1, _worker.Opened);
        Assert.Equal(default(Option<UInt128>), (await InstantiateAsync(DepositLimit.Any))?.StorageDepositLimit);
        Assert.Equal(new Option<UInt128>(9), (await InstantiateAsync(DepositLimit.Of(9)))?.StorageDepositLimit);
        Assert.Equal(1, _worker.Opened);
        _worker.Returned = Scale.Encode(estimate with { Result = Result<InstantiateReturnValue, DispatchError>.Err(DispatchError.Module(4, 2)) });
        Assert.Null(await InstantiateAsync(default));
    }

    [Fact]
    public void The_largest_charge_has_a_limit()
    {
        Assert.Equal(new Option<UInt128>(UInt128.MaxValue), DepositLimit.After(new StorageDeposit.Charge(UInt128.MaxValue)).Amount);
        Assert.Equal(new Option<UInt128>(UInt128.One), DepositLimit.After(new StorageDeposit.Charge(1)).Amount);
        Assert.True(DepositLimit.AsEstimated.NeedsEstimate);
        Assert.Throws<InvalidOperationException>(() => DepositLimit.AsEstimated.Amount);
    }

    [Fact]
    public async Task Who_asks_a_contract_without_an_account_has_a_key_for_that_one_question()
    {
        await WithClusterAsync(async cluster =>
        {
            ContractClient contract = cluster.Contract(ClusterWorld.Vault);
            for (int time = 0; time < 3; time++) (await contract.QueryAsync([1, 2, 3, 4])).Require();
            (await contract.QueryAsync(new InkQueryData.InkInstantiate(default, default, default, 0, 0))).Require();
            (await contract.QueryAsync(new InkQueryData.SidevmQuery(default))).Require();
            using AccountSigner alice = AccountSigner.Development("Alice");
            (await contract.QueryAsync([1, 2, 3, 4], alice)).Require();
            Assert.Equal(alice.Account, CallerOf(_worker.Queries[^1])!.Account);
            return null;
        });
        QueryCaller[] strangers = [.. _worker.Queries.Take(4).Select(query => CallerOf(query)!)];
        Assert.Equal(4, strangers.Select(caller => caller.Account).Distinct().Count());
        Assert.All(_worker.Queries.Take(4), query => Assert.True(CallerOf(query)!.Signed(_chain.Genesis, _worker.Session(default).SigningKey, query.Request)));
        Assert.Null(CallerOf(_worker.Queries[4]));
    }

    [Theory]
    [InlineData(100, 20, 30, 750, 750, true)]
    [InlineData(100, 20, 30, 749, 750, false)]
    [InlineData(100, 20, null, 720, 720, true)]
    [InlineData(2_500_000_000_001, 0, 0, 0, 17_500_000_000_000, false)]
    public async Task An_account_has_enough_if_it_covers_gas_value_and_deposit(ulong gas, ulong transfer, int? limit, ulong free, ulong needed, bool suffices)
    {
        _worker.Returned = Scale.Encode(Balance(free));
        await WithClusterAsync(async cluster =>
        {
            FundsCheck check = (await new ClusterFunds(cluster).CheckAsync(ClusterWorld.Owner, gas, transfer, limit is { } most ? new((UInt128)most) : default)).Require();
            Assert.Equal((free, needed, suffices), ((ulong)check.Free, (ulong)check.Needed, check.Suffices));
            Assert.Equal(UInt128.MaxValue, (check with { Deposit = UInt128.MaxValue }).Needed);
            return null;
        });
        Assert.Equal(ClusterWorld.System, Assert.Single(_worker.Queries).Request.Contract);
    }

    private static ContractExecResult Balance(ulong free)
    {
        byte[] balance = new byte[17];
        BinaryPrimitives.WriteUInt64LittleEndian(balance.AsSpan(1), free);
        return Good with { Result = Result<ExecReturnValue, DispatchError>.Ok(new ExecReturnValue(0, Vec.Create<byte>(balance))) };
    }

    private static Result<ExecReturnValue, DispatchError> Returned(uint flags) => Result<ExecReturnValue, DispatchError>.Ok(new ExecReturnValue(flags, default));

    private static QueryCaller? CallerOf(QueryBody query) => query.Caller.TryGet(out QueryCaller? caller) ? caller : null;

    /// <summary>Takes note of a transaction, and says that it is in a block where it is not.</summary>
    private Phala.Trie.Hash256 Take(OpaqueExtrinsic transaction)
    {
        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(transaction, out Extrinsic extrinsic));
        Assert.True(extrinsic.TrySplit(out TransactionExtensions _, out _, out ReadOnlySpan<byte> call));
        _sent = Scale.Decode<RuntimeCall>(call).Value;
        return _chain.Best.Hash;
    }

    private async Task<Option<UInt128>> LimitAsync(DepositLimit limit)
    {
        await WithClusterAsync(cluster => SendAsync(cluster, limit));
        Vec<byte> payload = Assert.IsType<RuntimeCall<PhalaPhatContracts.PushContractMessage>>(_sent).Arguments.Payload;
        return Assert.IsType<InkCommand.InkMessage>(Assert.IsType<CommandPayload.Plain>(Scale.Decode<CommandPayload>(payload.AsSpan()).Value).Command).StorageDepositLimit;
    }

    private static async Task<ClientFailure?> SendAsync(ClusterClient cluster, DepositLimit limit)
    {
        using AccountSigner alice = AccountSigner.Development("Alice");
        CommandOptions options = new() { IsPlain = true, Transfer = 5, Deposit = 3, DepositLimit = limit };
        ClientResult<SentCommand> sent = await cluster.Contract(ClusterWorld.Vault).SendAsync(alice, [1, 2, 3, 4], options, TestContext.Current.CancellationToken);
        Assert.False(sent.IsOk, "It is in no block.");
        return sent.Failure;
    }

    private async Task<PhalaPhatContracts.InstantiateContract?> InstantiateAsync(DepositLimit limit)
    {
        _sent = null;
        await WithClusterAsync(async cluster =>
        {
            using AccountSigner alice = AccountSigner.Development("Alice");
            return (await new ContractDeployer(cluster).InstantiateAsync(alice, NativeCode.Vault, [1, 2, 3, 4], [], 1000, 0, limit, TestContext.Current.CancellationToken)).Failure;
        });
        return (_sent as RuntimeCall<PhalaPhatContracts.InstantiateContract>)?.Arguments;
    }

    private async Task<ClientFailure?> WithClusterAsync(Func<ClusterClient, Task<ClientFailure?>> work)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using ScriptedServer server = new(_node.ServeAsync);
        await using ChainClient chain = (await ChainClient.ConnectAsync(server.Address, new ClientOptions { Genesis = _chain.Genesis }, stop)).Require();
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, stop)).Require();
        using HttpClient http = new(_worker, disposeHandler: false);
        using ClusterClient cluster = new(chain, verified, http, ClusterWorld.Id, new ClusterOptions { Time = _clock });
        return await work(cluster);
    }
}
