using Phala.Chain;
using Phala.Client.Sync;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Client.Clusters;

/// <summary>Finds a command's place in the queue as workers find it: by what final headers say of the queue. The node is asked where to look, and believed for nothing.</summary>
/// <remarks>
/// <para><b>Concept.</b> A block is shown to be final. Its header has the queue's head after it, which is the hash of the head before and of the block's entry; the entry has the hash of the cluster's
/// messages. The command's place is where it stands among them.</para>
/// <para><b>Trust.</b> What this finds is what the cluster executes under that place, and a receipt of that place is one of that command.</para>
/// </remarks>
/// <param name="cluster">The cluster.</param>
internal sealed class CommandFinder(ClusterClient cluster)
{
    private Channel Channel => Channel.OfCluster(cluster.Id);

    /// <summary>Finds a command that a block is said to have brought into the queue.</summary>
    /// <param name="block">The block.</param>
    /// <param name="command">The command. It has a nonce, so that no other is equal.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>Its place, or <see cref="ClientError.NotProven"/>.</returns>
    public async Task<ClientResult<MessageId>> FindAsync(Hash256 block, Message command, CancellationToken stop)
    {
        ClientResult<Header> proven = await cluster.Verified.HeaderAsync(block, stop).ConfigureAwait(false);
        if (!proven.TryGet(out Header header, out ClientFailure? failure)) return failure;
        if (QueueHead.Read(header.Digest, out QueueHead? added) != QueueDigestError.None || added is not { Count: > 0 } head) return Unproven($"Block {header.Number} adds nothing to the queue");
        ClientResult<Vec<Message>> asked = await MessagesAsync(header, head, stop).ConfigureAwait(false);
        if (!asked.TryGet(out Vec<Message> messages, out failure)) return failure;
        int index = messages.AsSpan().IndexOf(command);
        return index < 0 ? Unproven($"Entry {head.Count} of the queue does not have the command") : new MessageId(head.Count, Channel, (uint)index);
    }

    /// <summary>The cluster's messages in the entry that a final block added.</summary>
    private async Task<ClientResult<Vec<Message>>> MessagesAsync(Header header, QueueHead head, CancellationToken stop)
    {
        Task<ClientResult<QueueHead>> asked = cluster.Chain.Storage.GetAsync(PhalaMq.QueueHead, header.ParentHash, stop);
        ClientResult<IReadOnlyList<DeliveredEntry>> read = await new SyncReader(cluster.Chain).EntriesAsync(head.Count - 1, 1, [Channel], stop).ConfigureAwait(false);
        if (!(await asked.ConfigureAwait(false)).TryGet(out QueueHead before, out ClientFailure? failure) || !read.TryGet(out IReadOnlyList<DeliveredEntry>? entries, out failure)) return failure;

        // The head before needs no proof: no other makes this one with the entry, nor does another entry.
        if (entries.Count == 0 || before.Append(entries[0].Entry.Hash()) != head) return Unproven($"The node's entry {head.Count} of the queue is not the one of block {header.Number}");
        if (!entries[0].Entry.TryGetBody(Channel, out Hash256 hash)) return default(Vec<Message>);
        Vec<byte> body = entries[0].Bodies.FirstOrDefault(each => each.Channel == Channel)?.Messages ?? default;
        return EntryDraft.HashOf(body.AsSpan()) == hash && Scale.Decode<VecCodec<Message, Message>, Vec<Message>>(body.AsSpan()).TryGet(out Vec<Message> messages)
            ? messages
            : Unproven($"The node's messages of entry {head.Count} are not the entry's");
    }

    private static ClientFailure Unproven(string what) => new(ClientError.NotProven, $"{what}: the node does not prove that the command is in the queue.");
}
