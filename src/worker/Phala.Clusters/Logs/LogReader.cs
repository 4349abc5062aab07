using Phala.Chain;
using Phala.Clusters.Native;
using Phala.Clusters.State;
using Phala.Trie;

namespace Phala.Clusters.Logs;

/// <summary>What an account may read of a cluster's log. See <c>docs/decisions/0011-who-reads-the-log-of-a-cluster.md</c>.</summary>
/// <remarks>
/// <b>Invariant.</b> What came of a command reads who sent it, as with its receipt. What a contract wrote and emitted read the cluster's owner and administrators and who deployed the contract. Others read what a contract left that itself
/// has told the system contract that its log is open: its code says so, which who uses it can know beforehand.
/// </remarks>
internal sealed class LogReader(ClusterStorage storage, in ClusterConfig config, AccountId? caller)
{
    private readonly Hash256 _system = config.SystemContract;
    private readonly bool _manages = caller is { } account && SystemContract.Manages(storage, config.SystemContract, account);

    /// <summary>Whether the account may read something.</summary>
    internal bool MayRead(LogItem item) => item switch
    {
        LogItem.Line line => Keeps(line.Contract) || IsOpen(line.Contract) || (line.IsOfHost && line.Origin == caller),
        LogItem.Event told => Keeps(told.Contract) || IsOpen(told.Contract),
        LogItem.MessageOutput output => output.Origin == caller || IsOpen(output.Contract),
        _ => _manages,
    };

    private bool Keeps(in Hash256 contract) => _manages || (caller is { } account && storage.TryGetContract(contract, out ContractRecord record) && record.Deployer == account);

    private bool IsOpen(in Hash256 contract) => storage.TryGetStored(_system, SystemContract.OpenLogKey(contract), out _);
}
