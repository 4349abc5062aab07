using Phala.Clusters.Logs;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Storage;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;

namespace Phala.Clusters.Execution;

/// <summary>One entry, from its first message to the report.</summary>
internal sealed class EntryExecution
{
    /// <summary>For so many entries outcomes are kept that receipts could not carry.</summary>
    private const ulong OutcomesKept = 4096;

    private readonly Cluster _cluster;
    private readonly ClusterState _before;
    private readonly QueueHead _position;
    private readonly QueueEntry _entry;
    private readonly ClusterStorage _storage;
    private readonly CommandGate _gate;
    private readonly ReceiptWriter _receipts;
    private readonly OperationExecution _operations;
    private readonly CallConsequences _consequences;
    private readonly HookExecution _hooks;
    private readonly ExecutionPoint _point;
    private readonly CommandExtension _extension;
    private readonly EntryOutput _output = new();
    private readonly ContractCodes _codes;

    internal EntryExecution(
        Cluster cluster, ContractCodes codes, ClusterState before, in QueueHead position, QueueEntry entry, IReadOnlyDictionary<uint, ClusterSecrets> secrets)
    {
        (_cluster, _codes, _before, _position, _entry) = (cluster, codes, before, position, entry);
        _storage = new ClusterStorage(before.Content);
        ClusterSecrets root = secrets.OrderBy(static pair => pair.Key).First().Value;
        _gate = new CommandGate(cluster, _storage, entry, secrets);
        _receipts = new ReceiptWriter(cluster, _storage, root);
        _point = new ExecutionPoint(cluster.Id, entry.BlockNumber, entry.BlockTime, _storage.Rules);
        _extension = new CommandExtension(root);
        _consequences = new CallConsequences(new ContractAnnouncer(cluster.Id, _storage, root, _output), new EventEffects(_storage, _output), _output);
        _operations = new OperationExecution(codes, _storage, _point, _extension, _consequences, _output);
        _hooks = new HookExecution(codes, _storage, _point, _extension, _consequences, _output);
    }

    /// <summary>The message that is executed.</summary>
    internal uint Index { get; private set; }

    internal EntryResult Run(ReadOnlySpan<Message> messages)
    {
        _storage.ForgetNonces(_entry.BlockTime);
        if (_position.Count > OutcomesKept) _storage.ForgetOutcomes(_position.Count - OutcomesKept);
        for (int at = 0; at < messages.Length; at++)
        {
            Index = (uint)at;
            Execute(messages[at]);
        }

        Index = (uint)messages.Length;
        _hooks.Run(Index);
        return Finish();
    }

    private void Execute(Message message)
    {
        if (Topics.TryReadCommand(message.Destination.AsSpan(), out Hash256 contract)) Command(message, contract);
        else _operations.Execute(message, Index);
    }

    private void Command(Message message, in Hash256 contract)
    {
        MessageId id = new(_position.Count, Channel.OfCluster(_cluster.Id), Index);
        NotExecuted? refusal = _gate.Admit(message, contract, out CheckedCommand? command);
        if (refusal is null && TryExecute(command!, out Outcome? outcome)) _receipts.Add(id, command!, outcome!);
        else _receipts.Add(id, contract, refusal ?? NotExecuted.CannotPay);
    }

    /// <summary>Executes a command; false where its sender can't pay for the gas.</summary>
    private bool TryExecute(CheckedCommand command, out Outcome? outcome)
    {
        outcome = null;
        RunLog log = new(_point, ExecutionMode.Command, command.Origin, command.Contract);
        bool isKnown = _storage.TryGetConfig(out ClusterConfig config);
        System.Diagnostics.Debug.Assert(isKnown, "The gate has read it.");
        PaidCall call = new(_storage, config, command.Origin, command.IsFree, command.GasLimit, command.DepositLimit);
        if (!call.TryBegin(_codes, _point, _extension))
        {
            log.AddEnd("contract call", CallResult.Refuse(CallStatus.TransferFailed), isPaid: true);
            Leave(log, command, CallResult.Refuse(CallStatus.TransferFailed), null);
            return false;
        }

        CallResult result = call.End(call.Engine.Call(command.Origin, command.Contract, command.Transfer, command.Message.AsSpan()), out OutcomeStatus status);
        _consequences.Draw(Index, call.Made, call.Events);
        log.AddText(call.Engine).AddEvents(call.Events).AddEnd("contract call", result, call.IsPaid);
        Leave(log, command, result, call);
        outcome = new Outcome(status, call.Engine.Fuel.Used, Vec.Create(result.Output.Span));
        return true;
    }

    /// <summary>Leaves in the log what came of a command.</summary>
    private void Leave(RunLog log, CheckedCommand command, in CallResult result, PaidCall? call)
    {
        Weight weight = new(call?.Engine.Fuel.Used ?? 0, 0);
        (UInt128 charge, UInt128 refund) = call?.Deposit ?? default;
        StorageDeposit deposit = refund > charge ? new StorageDeposit.Refund(refund - charge) : new StorageDeposit.Charge(charge - refund);
        ContractExecResult told = new(weight, weight, deposit, call?.Engine.Debug.ToBytes() ?? default, ExecutionResults.Of(result, call is null || call.IsPaid), default);
        byte[] selector = command.Message.Length >= InkMessage.SelectorLength ? command.Message.AsSpan()[..InkMessage.SelectorLength].ToArray() : [];
        log.Add(new LogItem.MessageOutput(_point.BlockNumber, command.Origin, command.Contract, command.Nonce, [.. Scale.Encode(told), .. selector]));
        _output.Leave(log);
    }

    private EntryResult Finish()
    {
        StateSnapshot content = _storage.ToSnapshot();
        ClusterReport? report = null;
        if (content.Root != _before.Root || _receipts.Receipts.Count > 0)
        {
            Receipt[] receipts = [.. _receipts.Receipts];
            report = new ClusterReport(_cluster.Id, _position, _before.Reported, content.Root, ReceiptTrie.Root(receipts), Vec.Create<Receipt>(receipts));
        }

        ClusterState state = new(_position, _entry.BlockNumber, _entry.BlockTime, report is null ? _before.Reported : content.Root, content);
        return new EntryResult(state, report, _output.Egress, _output.Events, _output.Log, _output.Journal);
    }
}
