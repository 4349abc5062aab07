using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Network.Peers;
using Phala.Node.Network.Requests;
using Phala.Node.Storage;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Network.Notifications;

/// <summary><c>grandpa/1</c>: how far finality is here, and the votes that prove it.</summary>
/// <remarks>
/// A peer counts the votes of one authority set. It is sent the latest commit of that set, which is the one that makes the change to the next set final where there is one;
/// when it then says that it is in the next set, it is sent that set's. So nobody gets votes that he can't judge, and nobody is left behind.
/// </remarks>
/// <param name="store">The chain.</param>
/// <param name="role">What this node is.</param>
/// <param name="name">The protocol's name.</param>
internal sealed class FinalityGossip(ChainStore store, PeerRole role, string name) : INotificationHandler
{
    /// <summary>What a peer says and what it is told must not overtake each other.</summary>
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public int MaxNotification => 1 << 20;

    /// <inheritdoc/>
    public bool SpeaksToLight => true;

    /// <inheritdoc/>
    public byte[] Handshake() => [(byte)role];

    /// <inheritdoc/>
    public NotificationError Open(Peer peer, ReadOnlySpan<byte> handshake) => RoleHandshake.Verify(handshake);

    /// <inheritdoc/>
    public void Opened(Peer peer) => TellNeighbor([peer]);

    /// <inheritdoc/>
    public ValueTask<NotificationError> ReceiveAsync(Peer peer, ReadOnlyMemory<byte> notification)
    {
        NotificationError error = GrandpaMessage.TryDecode(notification.Span, out NeighborPacket? neighbor);
        if (neighbor is not { } said) return ValueTask.FromResult(error);
        VoterView? before;
        lock (_gate)
        {
            before = peer.View;
            peer.View = new VoterView(said.Set, said.Height, before?.Sent ?? 0);
            TellCommit(peer);
        }

        // smoldot waits for a second packet before it decides how to sync, and there is none while nothing happens. What says nothing new is not answered: two nodes would go on for ever.
        if (before is null || (before.Set, before.Height) != (said.Set, said.Height)) TellNeighbor([peer]);

        return ValueTask.FromResult(error);
    }

    /// <summary>Blocks have become final.</summary>
    public void Tell(IReadOnlyList<Peer> peers)
    {
        lock (_gate)
        {
            foreach (Peer peer in peers) TellCommit(peer);
        }

        TellNeighbor(peers);
    }

    private void TellNeighbor(IReadOnlyList<Peer> peers)
    {
        ChainHead finalized = store.Finalized;
        if (!TryGetSet(finalized.Hash, out ulong set)) return;
        byte[] packet = GrandpaMessage.Encode(new NeighborPacket((ulong)finalized.Number + 1, set, finalized.Number));
        foreach (Peer peer in peers) Send(peer, packet);
    }

    private void TellCommit(Peer peer)
    {
        if (peer.View is not { } view || !TryFindCommit(view, out uint number, out byte[] justification)) return;
        if (number <= view.Height || number <= view.Sent || !Scale.Decode<Justification>(justification).TryGet(out Justification votes)) return;
        if (Send(peer, GrandpaMessage.EncodeCommit(votes, view.Set))) peer.View = view with { Sent = number };
    }

    /// <summary>The latest justification by a peer's set that is above what the peer has.</summary>
    private bool TryFindCommit(VoterView view, out uint number, out byte[] justification)
    {
        (number, justification) = (0, []);
        ChainHead finalized = store.Finalized;
        if (!TryGetSet(finalized.Hash, out ulong set) || view.Set > set || view.Height >= finalized.Number) return false;
        byte[]? found;
        if (view.Set < set)
        {
            if (!store.TryGetSetChange(view.Height + 1, out number, out found)) return false;
        }
        else
        {
            // Where the head is the last block of a set, nobody of the next has voted yet.
            number = finalized.Number;
            if (IsLastOfSet(finalized.Hash) || !store.TryGetJustification(finalized.Hash, out found)) return false;
        }

        justification = found;
        return true;
    }

    /// <summary>The set that votes after a block: in the state of a block that changes it, it is the next already.</summary>
    private bool TryGetSet(in Hash256 block, out ulong set)
    {
        bool found = store.StateAt(block, out StateSnapshot? state) == StateLookup.Found;
        set = found ? Grandpa.CurrentSetId.Get(state!.Main) : 0;
        return found;
    }

    private bool IsLastOfSet(in Hash256 block) => store.TryGetHeader(block, out byte[]? header) && SetChange.IsIn(Scale.Decode<Header>(header).Value);

    private bool Send(Peer peer, byte[] message)
    {
        if (peer.SenderOf(name) is not { } sender) return false;
        if (sender.TrySend(message)) return true;
        peer.Disconnect();
        return false;
    }
}
