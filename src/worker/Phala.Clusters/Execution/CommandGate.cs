using Phala.Chain;
using Phala.Clusters.Native;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;

namespace Phala.Clusters.Execution;

/// <summary>Decides whether a message to a contract is a command to execute, and opens it.</summary>
/// <remarks>
/// <b>Invariant.</b> Whatever it refuses has changed nothing. What opens has consumed its nonce: a copy is refused, until the nonce's expiry, after which the copy is refused for that.
/// </remarks>
internal sealed class CommandGate(Cluster cluster, ClusterStorage storage, QueueEntry entry, IReadOnlyDictionary<uint, ClusterSecrets> secrets)
{
    private const int LongestNonce = 32;

    /// <summary>Admits a command.</summary>
    /// <param name="message">The message.</param>
    /// <param name="contract">The contract of its topic.</param>
    /// <param name="command">The command, where it is admitted.</param>
    /// <returns>Why not; null if it is.</returns>
    internal NotExecuted? Admit(Message message, in Hash256 contract, out CheckedCommand? command)
    {
        command = null;
        if (message.Sender is not (MessageOrigin.AccountId or MessageOrigin.Pallet)) return NotExecuted.SenderRefused;
        if (!Scale.Decode<CommandPayload>(message.Payload.AsSpan()).TryGet(out CommandPayload? payload)) return NotExecuted.Malformed;
        if (!storage.TryGetContract(contract, out _) || !storage.TryGetConfig(out ClusterConfig config)) return NotExecuted.UnknownContract;
        AccountId origin = message.Sender is MessageOrigin.AccountId account ? account.Account : new AccountId(config.SystemContract.AsSpan());
        bool isFree = message.Sender is MessageOrigin.Pallet;
        return payload switch
        {
            CommandPayload.Plain plain => AdmitOpen(plain.Command, contract, origin, isFree, out command),
            CommandPayload.Sealed sealedCommand when !isFree => AdmitSealed(sealedCommand.Command, contract, origin, out command),
            CommandPayload.Encrypted encrypted when !isFree && AcceptsOlder(config) => AdmitOlder(encrypted.Data, contract, origin, out command),
            _ => NotExecuted.EnvelopeRefused,
        };
    }

    private static NotExecuted? AdmitOpen(InkCommand command, in Hash256 contract, in AccountId origin, bool isFree, out CheckedCommand? result)
    {
        result = null;
        if (command is not InkCommand.InkMessage ink || ink.Nonce.Length > LongestNonce) return NotExecuted.Malformed;
        result = new CheckedCommand(contract, origin, isFree, ink.Nonce, ink.Message, ink.Transfer, ink.GasLimit, ink.StorageDepositLimit, default);
        return null;
    }

    private NotExecuted? AdmitSealed(SealedCommand command, in Hash256 contract, in AccountId origin, out CheckedCommand? result)
    {
        result = null;
        if (!secrets.TryGetValue(command.Epoch, out ClusterSecrets? epoch)) return NotExecuted.WrongEpoch;
        if (entry.BlockTime > command.Expiry) return NotExecuted.Expired;
        if (command.Expiry - entry.BlockTime > QueryRequest.LongestLife) return NotExecuted.ExpiresTooLate;
        if (storage.IsNonceUsed(origin, command.Nonce)) return NotExecuted.NonceUsed;
        EnvelopeError error = CommandEnvelope.TryOpen(new CommandContext(cluster.Genesis, cluster.Id, contract, origin), epoch.CommandKey, command, out CommandBody? body);
        if (error == EnvelopeError.Malformed) return NotExecuted.Malformed;
        if (error != EnvelopeError.None) return NotExecuted.NotOpened;
        storage.UseNonce(origin, command.Nonce, command.Expiry);
        result = new CheckedCommand(contract, origin, IsFree: false, Vec.Create(command.Nonce.AsSpan()), body!.Message, body.Transfer, body.GasLimit, body.StorageDepositLimit, body.ReplyKey);
        return null;
    }

    private NotExecuted? AdmitOlder(EncryptedData data, in Hash256 contract, in AccountId origin, out CheckedCommand? result)
    {
        result = null;
        using Sr25519KeyPair identity = secrets.Values.First().DeriveContractIdentity(contract);
        if (LegacyEnvelope.TryOpen(identity, data, out byte[]? plaintext) != EnvelopeError.None) return NotExecuted.NotOpened;
        return Scale.Decode<InkCommand>(plaintext).TryGet(out InkCommand? command) ? AdmitOpen(command, contract, origin, isFree: false, out result) : NotExecuted.Malformed;
    }

    private bool AcceptsOlder(in ClusterConfig config) => storage.TryGetStored(config.SystemContract, SystemContract.OlderEnvelopesKey, out _);
}
