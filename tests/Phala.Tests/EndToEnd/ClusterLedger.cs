using Phala.Chain.Extrinsics;
using Phala.Cli.Dev;
using Phala.Client;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>What the final blocks say of a cluster's commands: which were accepted, which receipts there are, what was anchored. Each block is read once.</summary>
internal sealed class ClusterLedger
{
    private readonly Dictionary<Hash256, LoadedBatch> _sent = [];
    private readonly HashSet<LoadedCommand> _accepted = [];
    private readonly HashSet<MessageId> _pushed = [];
    private readonly HashSet<string> _brought = [];
    private uint _next = 1;

    /// <summary>Accepted commands by their place in the queue.</summary>
    public Dictionary<MessageId, LoadedCommand> Accepted { get; } = [];

    /// <summary>Receipts of those by the command's place in the queue.</summary>
    public Dictionary<MessageId, Receipt> Receipts { get; } = [];

    /// <summary>Anchors by the queue's count.</summary>
    public Dictionary<ulong, ClusterAnchor> Anchors { get; } = [];

    /// <summary>What must not be, in words.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>What relayers brought although the chain had it, in words.</summary>
    public List<string> BroughtTwice { get; } = [];

    /// <summary>The last block that was read.</summary>
    public uint Block => _next - 1;

    /// <summary>Commands without a receipt.</summary>
    public IEnumerable<MessageId> Missing => Accepted.Keys.Where(id => !Receipts.ContainsKey(id));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Notes a transaction that will come.</summary>
    public void Expect(LoadedBatch batch) => _sent.Add(batch.Transaction.Hash(), batch);

    /// <summary>Reads the blocks up to a final one.</summary>
    public async Task ReadToAsync(ChainClient chain, uint final)
    {
        for (; _next <= final; _next++)
        {
            Hash256 hash = (await chain.Blocks.HashAsync(_next, Stop)).Require();
            Vec<EventRecord> events = (await chain.Storage.GetAsync(FrameSystem.Events, hash, Stop)).Require();
            Vec<OpaqueExtrinsic> extrinsics = (await chain.Blocks.BlockAsync(hash, Stop)).Require().Extrinsics;
            Read(events, extrinsics);
            foreach (OpaqueExtrinsic extrinsic in extrinsics) Bring(extrinsic);
        }
    }

    private static bool IsCommand(EventRecord record) =>
        record.Event is RuntimeEvent<PhalaMq.Pushed> pushed && Topics.TryReadCommand(pushed.Value.Destination.AsSpan(), out Hash256 contract) && contract == DevVault.Id;

    private void Read(Vec<EventRecord> events, Vec<OpaqueExtrinsic> extrinsics)
    {
        Dictionary<uint, int> taken = [];
        foreach (EventRecord record in events)
        {
            switch (record.Event)
            {
                case RuntimeEvent<PhalaMq.Pushed> pushed when IsCommand(record):
                    _pushed.Add(pushed.Value.Id);
                    uint index = ((Phase.ApplyExtrinsic)record.Phase).Index;
                    Accept(extrinsics[(int)index], taken[index] = taken.GetValueOrDefault(index, -1) + 1, pushed.Value.Id);
                    break;
                case RuntimeEvent<PhalaPhatContracts.CommandExecuted> executed when executed.Value.Receipt.Contract == DevVault.Id:
                    Conclude(executed.Value.Receipt);
                    break;
                case RuntimeEvent<PhalaPhatContracts.ClusterAnchored> anchored:
                    if (!Anchors.TryAdd(anchored.Value.Anchor.Queue.Count, anchored.Value.Anchor)) Wrong.Add($"entry {anchored.Value.Anchor.Queue.Count} is anchored twice");
                    break;
                case RuntimeEvent<PhalaPhatContracts.ReportsDiffer> differ:
                    Wrong.Add($"reports of entry {differ.Value.Count} differ");
                    break;
            }
        }
    }

    private void Accept(OpaqueExtrinsic transaction, int at, MessageId id)
    {
        if (!_sent.TryGetValue(transaction.Hash(), out LoadedBatch? batch)) return;
        LoadedCommand command = batch.Commands[at];
        if (!_accepted.Add(command)) Wrong.Add($"{command.Name} is in the queue twice");
        if (!Accepted.TryAdd(id, command)) Wrong.Add($"{id} is two commands");
    }

    private void Conclude(Receipt receipt)
    {
        if (!_pushed.Remove(receipt.Id)) Wrong.Add($"{receipt.Id} is no command, or has two receipts");
        if (Accepted.ContainsKey(receipt.Id)) Receipts.Add(receipt.Id, receipt);
    }

    /// <summary>Notes reports and messages by what makes two of them the same to a pool.</summary>
    private void Bring(OpaqueExtrinsic bytes)
    {
        if (Extrinsic.TryDecode(bytes, out Extrinsic extrinsic) != ExtrinsicError.None || extrinsic.IsSigned || !Scale.Decode<RuntimeCall>(extrinsic.Payload).TryGet(out RuntimeCall? call)) return;
        string? what = call switch
        {
            RuntimeCall<PhalaPhatContracts.ReportEntry> report => $"report {Hex.Format(report.Arguments.Report.PoolTag().AsSpan())}",
            RuntimeCall<PhalaMq.SyncOffchainMessage> message => $"message {message.Arguments.SignedMessage.Sequence} of {message.Arguments.SignedMessage.Message.Sender}",
            _ => null,
        };
        if (what is not null && !_brought.Add(what)) BroughtTwice.Add(what);
    }
}
