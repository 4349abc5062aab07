using Phala.Chain;
using Phala.Cli.Dev;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Shapes;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>Commands of several accounts, on and on, and what the chain says of them.</summary>
internal sealed class CommandLoad : IDisposable
{
    private static readonly string[] Names = ["Bob", "Charlie"];
    private static readonly UInt128 Funds = (UInt128)100_000 * Balances.Pha;
    private readonly DevNetwork _network;

    private CommandLoad(DevNetwork network, ChainVersion version, X25519PublicKey commandKey) =>
        (_network, Accounts) = (network, [.. Names.Select(name => new LoadedAccount(name, commandKey, version, network.Chain.Genesis))]);

    /// <summary>Who sends.</summary>
    public IReadOnlyList<LoadedAccount> Accounts { get; }

    /// <summary>What the chain says.</summary>
    public ClusterLedger Ledger { get; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Gives the accounts what they pay for gas with.</summary>
    public static async Task<CommandLoad> PrepareAsync(DevNetwork network)
    {
        ChainVersion version = (await network.Chain.CheckAsync(Stop)).Require();
        X25519PublicKey key = (await network.Chain.Storage.GetAsync(PhalaRegistry.ClusterKeys, new ClusterEpoch(DevVault.Cluster, 0), stop: Stop)).Require();
        CommandLoad load = new(network, version, key);
        RuntimeCall[] funding = [.. load.Accounts.Select(account => RuntimeCall.Of(new PhalaPhatContracts.TransferToCluster(Funds, DevVault.Cluster, account.Signer.Account)))];
        await TestNetwork.SendAsync(network, network.Alice, new Utility.BatchAll(Vec.Create<RuntimeCall>(funding)));
        foreach (LoadedAccount account in load.Accounts) await account.BeginAsync(network.Chain);
        return load;
    }

    /// <summary>Sends commands until enough have a receipt and something has ended; then waits for the receipts of all of them.</summary>
    /// <param name="receipts">How many there must be.</param>
    /// <param name="other">What must have ended.</param>
    public async Task RunAsync(int receipts, Task other)
    {
        ChainClient? known = null;
        await TestNetwork.UntilAsync(_network, HeadKind.Best, async (chain, best) =>
        {
            bool adds = !other.IsCompleted || Ledger.Receipts.Count < receipts, isNew = chain != known;
            known = chain;
            if (other.IsFaulted) await other;
            foreach (LoadedAccount account in Accounts) await account.StepAsync(chain, isNew, best, adds, Ledger.Expect);
            BlockId final = (await chain.Blocks.FinalizedAsync(Stop)).Require();
            await Ledger.ReadToAsync(chain, final.Number);
            foreach (LoadedAccount account in Accounts) account.Settle((await chain.Storage.GetAsync(FrameSystem.Account, account.Signer.Account, final.Hash, Stop)).Require().Nonce);
            return !adds && Accounts.All(account => account.IsDone) && !Ledger.Missing.Any();
        });
    }

    public void Dispose()
    {
        foreach (LoadedAccount account in Accounts) account.Dispose();
    }
}
