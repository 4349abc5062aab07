using Phala.Chain;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Cli.Dev;

/// <summary>
/// Brings a development chain from its genesis to a cluster with a vault, and does nothing where it is there already: each step looks first, so that a network that was stopped
/// anywhere goes on.
/// </summary>
/// <param name="chain">The chain. Alice may do what root may.</param>
/// <param name="alice">Her key.</param>
/// <param name="depositPerItem">What a stored item locks in the cluster.</param>
/// <param name="depositPerByte">What a stored byte locks in the cluster.</param>
internal sealed class DevSetup(ChainClient chain, AccountSigner alice, ulong depositPerItem = 0, ulong depositPerByte = 0)
{
    private static readonly UInt128 ClusterDeposit = (UInt128)1000 * Balances.Pha;

    /// <summary>Allows the workers' program.</summary>
    public async Task AllowAsync(Measurement measurement, CancellationToken stop)
    {
        Vec<Measurement> allowed = (await chain.Storage.GetAsync(PhalaRegistry.PRuntimeAllowList, stop: stop).ConfigureAwait(false)).Require();
        if (allowed.AsSpan().Contains(measurement)) return;
        await SendAsync(new Sudo.SudoCall(RuntimeCall.Of(new PhalaRegistry.AddPruntime(measurement))), stop).ConfigureAwait(false);
    }

    /// <summary>Waits until the chain has recorded a session of each worker.</summary>
    public async Task RecordedAsync(IReadOnlyList<Sr25519PublicKey> workers, CancellationToken stop)
    {
        foreach (Sr25519PublicKey worker in workers)
        {
            await UntilAsync(async block => await HasAsync(PhalaRegistry.Sessions, worker, block, stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a gatekeeper into office, makes the cluster and the vault in it, all in one transaction.</summary>
    public async Task FoundAsync(IReadOnlyList<Sr25519PublicKey> workers, CancellationToken stop)
    {
        List<RuntimeCall> calls = [];
        Vec<Sr25519PublicKey> gatekeepers = (await chain.Storage.GetAsync(PhalaRegistry.Gatekeeper, stop: stop).ConfigureAwait(false)).Require();
        if (gatekeepers.Length == 0) calls.Add(AsRoot(new PhalaRegistry.RegisterGatekeeper(workers[0])));
        if (!await HasAsync(PhalaPhatContracts.Clusters, DevVault.Cluster, null, stop).ConfigureAwait(false)) calls.Add(AsRoot(Cluster(workers)));
        if (!await HasAsync(PhalaPhatContracts.Contracts, DevVault.Id, null, stop).ConfigureAwait(false)) calls.Add(RuntimeCall.Of(Vault()));
        if (calls.Count > 0) await SendAsync(new Utility.BatchAll(Vec.Create<RuntimeCall>([.. calls])), stop).ConfigureAwait(false);
    }

    /// <summary>Waits until the gatekeeper has given the cluster its keys.</summary>
    public Task KeyedAsync(CancellationToken stop) => UntilAsync(block => HasAsync(PhalaRegistry.ClusterKeys, new ClusterEpoch(DevVault.Cluster, 0), block, stop), stop);

    /// <summary>Waits until the cluster has executed the vault's constructor.</summary>
    public Task ExecutedAsync(CancellationToken stop) => UntilAsync(
        async block => (await chain.Storage.GetAsync(PhalaPhatContracts.ClusterContracts, DevVault.Cluster, block, stop).ConfigureAwait(false)).Require().AsSpan().Contains(DevVault.Id), stop);

    private PhalaPhatContracts.AddCluster Cluster(IReadOnlyList<Sr25519PublicKey> workers) => new(
        alice.Account, new ClusterAccess.Public(), Vec.Create<Sr25519PublicKey>([.. workers]), ClusterDeposit, GasPrice: 1, depositPerItem, depositPerByte, alice.Account);

    private static PhalaPhatContracts.InstantiateContract Vault()
    {
        ContractInfo vault = DevVault.Info;
        return new(vault.CodeIndex, vault.InstantiateData, vault.Salt, DevVault.Cluster, Transfer: 0, GasLimit: 10_000_000_000, Option<UInt128>.None, Deposit: 0);
    }

    private async Task<bool> HasAsync<TKeyCodec, TKey, TCodec, T>(StorageMap<TKeyCodec, TKey, TCodec, T> item, TKey key, Hash256? block, CancellationToken stop)
        where TKeyCodec : IScaleCodec<TKey>
        where TCodec : IScaleCodec<T> => (await chain.Storage.RawAsync(item.Key(key), block, stop).ConfigureAwait(false)).Require() is not null;

    /// <summary>Waits for a state; asks at each new block.</summary>
    private async Task UntilAsync(Func<Hash256, Task<bool>> isSo, CancellationToken stop)
    {
        await using ClientSubscription<Header> heads = (await chain.Blocks.SubscribeAsync(HeadKind.Best, stop).ConfigureAwait(false)).Require();
        while (true)
        {
            Header head = (await heads.NextAsync(stop).ConfigureAwait(false)).Require();
            if (await isSo(head.Hash()).ConfigureAwait(false)) return;
        }
    }

    private static RuntimeCall AsRoot<T>(T call)
        where T : ICall<T> => RuntimeCall.Of(new Sudo.SudoCall(RuntimeCall.Of(call)));

    private async Task SendAsync<T>(T call, CancellationToken stop)
        where T : ICall<T>
    {
        TransactionResult result = (await chain.Transactions.SendAsync(alice, call, stop: stop).ConfigureAwait(false)).Require();
        string? error = result.ErrorName;
        foreach (Sudo.Sudid sudid in result.EventsOf<Sudo.Sudid>())
        {
            if (!sudid.SudoResult.TryGet(out _, out DispatchError inner)) error = DispatchErrorName.Of(inner);
        }

        if (error is not null) throw new SetupException($"{typeof(T).Name} failed: {error}.");
    }
}
