using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Network.Peers;
using Phala.Node.TxPool;

namespace Phala.Node.Network.Notifications;

/// <summary><c>transactions/1</c>: transactions of peers enter the pool as those of RPC do. Each costs one validation, and a peer may send so many a minute.</summary>
/// <param name="pool">The pool.</param>
/// <param name="role">What this node is.</param>
internal sealed class Transactions(TransactionPool pool, PeerRole role) : INotificationHandler
{
    /// <summary>The most transactions of one notification.</summary>
    public const int MaxTransactions = 1024;

    /// <inheritdoc/>
    public int MaxNotification => 1 << 20;

    /// <inheritdoc/>
    public bool SpeaksToLight => false;

    /// <summary>Reads a notification.</summary>
    public static NotificationError TryDecode(ReadOnlySpan<byte> notification, out OpaqueExtrinsic[] transactions)
    {
        transactions = [];
        ScaleReader reader = new(notification);
        if (!reader.TryReadLength(1, out int count)) return NotificationError.Malformed;
        if (count > MaxTransactions) return NotificationError.TooMany;
        OpaqueExtrinsic[] read = new OpaqueExtrinsic[count];
        for (int index = 0; index < count; index++)
        {
            if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> bytes)) return NotificationError.Malformed;
            read[index] = new OpaqueExtrinsic(Vec.Create(bytes));
        }

        if (!reader.TryFinish()) return NotificationError.Malformed;
        transactions = read;
        return NotificationError.None;
    }

    /// <inheritdoc/>
    public byte[] Handshake() => [(byte)role];

    /// <inheritdoc/>
    public NotificationError Open(Peer peer, ReadOnlySpan<byte> handshake) => RoleHandshake.Verify(handshake);

    /// <inheritdoc/>
    public void Opened(Peer peer)
    {
    }

    /// <inheritdoc/>
    public async ValueTask<NotificationError> ReceiveAsync(Peer peer, ReadOnlyMemory<byte> notification)
    {
        NotificationError error = TryDecode(notification.Span, out OpaqueExtrinsic[] transactions);
        if (error != NotificationError.None) return error;
        foreach (OpaqueExtrinsic transaction in transactions)
        {
            if (!await peer.Transactions.WaitAsync(peer.Ended).ConfigureAwait(false)) return NotificationError.TooMany;

            // What is wrong with one is not told: peers are not expected to know the state.
            pool.Submit(transaction, out _);
        }

        return NotificationError.None;
    }
}
