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
    private readonly Dictionary<Hash256, (bool Keeps, bool IsOpen)> _known = [];
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

    private bool Keeps(in Hash256 contract) => _manages || Of(contract).Keeps;

    private bool IsOpen(in Hash256 contract) => Of(contract).IsOpen;

    /// <summary>A log has many items of few contracts: what the state says of each is read once.</summary>
    private (bool Keeps, bool IsOpen) Of(in Hash256 contract)
    {
        if (!_known.TryGetValue(contract, out (bool Keeps, bool IsOpen) known)) _known.Add(contract, known = (IsDeployer(contract), storage.TryGetStored(_system, SystemContract.OpenLogKey(contract), out _)));
        return known;
    }

    private bool IsDeployer(in Hash256 contract) => caller is { } account && storage.TryGetContract(contract, out ContractRecord record) && record.Deployer == account;
}
