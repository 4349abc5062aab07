using Phala.Crypto.Signatures;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Queue;

/// <summary>Which messages from outside the chain are accepted: those of senders that the chain knows, signed, in their order, each once.</summary>
internal static class OffchainMessages
{
    /// <summary>Whether a message is its sender's, and not one that was accepted before; it may be one that comes too early.</summary>
    /// <param name="block">The block.</param>
    /// <param name="signed">The message.</param>
    /// <param name="isVerified">Whether the signature has been verified.</param>
    /// <param name="expected">The sequence of the sender's next message.</param>
    /// <returns>The error, if there is one.</returns>
    public static PhalaMq.Error? Check(BlockContext block, SignedMessage signed, bool isVerified, out ulong expected)
    {
        expected = 0;
        Message message = signed.Message;
        if (!TryGetKey(block.State, message.Sender, out Sr25519PublicKey key)) return PhalaMq.Error.BadSender;
        if (!QueueWriter.IsDestination(block.State, message.Destination)) return PhalaMq.Error.BadDestination;
        if (message.Payload.Length > PhalaMq.MaxOffchainPayload) return PhalaMq.Error.PayloadTooLarge;
        expected = PhalaMq.OffchainIngress.Get(block.State, message.Sender);
        if (signed.Sequence < expected) return PhalaMq.Error.BadSequence;
        if (isVerified) return null;
        byte[] bytes = SignedMessage.SigningBytes(message, signed.Sequence);
        return Sr25519.Verify(key.AsSpan(), bytes, signed.Signature.AsSpan()) == SignatureVerdict.Valid ? null : PhalaMq.Error.BadSignature;
    }

    /// <summary>The pool's answer to a transaction with a message, whoever sends it: messages after the next wait for those before them, and relayers that send the same are one.</summary>
    public static TransactionValidity Validate(BlockContext block, PhalaMq.SyncOffchainMessage call)
    {
        SignedMessage signed = call.SignedMessage;
        if (Check(block, signed, isVerified: false, out ulong expected) is { } error) return error.ToValidity();
        MessageOrigin sender = signed.Message.Sender;
        if (signed.Sequence > expected) return BareTransactions.Providing(SignedMessage.PoolTag(sender, signed.Sequence), SignedMessage.PoolTag(sender, signed.Sequence - 1));
        if (!QueueWriter.HasRoomForFree(block, Message.EncodedLength(signed.Message))) return InvalidTransaction.ExhaustsResources;
        return BareTransactions.Providing(SignedMessage.PoolTag(sender, signed.Sequence));
    }

    /// <summary>The key of a sender that the chain knows. A cluster that has ended sends no more, and neither do its contracts.</summary>
    private static bool TryGetKey(TrieOverlay state, MessageOrigin sender, out Sr25519PublicKey key)
    {
        key = default;
        switch (sender)
        {
            case MessageOrigin.Worker worker:
                key = worker.Identity;
                return PhalaRegistry.Workers.Contains(state, worker.Identity);
            case MessageOrigin.Cluster cluster:
                return PhalaPhatContracts.Clusters.Contains(state, cluster.Id) && PhalaRegistry.ClusterIdentities.TryGet(state, cluster.Id, out key);
            case MessageOrigin.Contract contract:
                return PhalaPhatContracts.Contracts.TryGet(state, contract.Id, out Interface.Clusters.BasicContractInfo info)
                    && PhalaPhatContracts.Clusters.Contains(state, info.Cluster) && PhalaRegistry.ContractKeys.TryGet(state, contract.Id, out key);
            case MessageOrigin.Gatekeeper:
                return PhalaRegistry.GatekeeperMasterPubkey.TryGet(state, out key);
            default:
                return false;
        }
    }
}
