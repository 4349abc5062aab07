using System.Security.Cryptography;
using Phala.Chain;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Client.Clusters;

/// <summary>Seals commands to a cluster's command key, as the chain proves it, and pushes them.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="contract">The contract.</param>
internal sealed class CommandSender(ClusterClient cluster, Hash256 contract)
{
    /// <summary>Sends a command whose options say what it may lock.</summary>
    public async Task<ClientResult<SentCommand>> SendAsync(AccountSigner sender, byte[] message, CommandOptions options, CancellationToken stop)
    {
        ClientResult<ClusterFacts> known = await cluster.FactsAsync(stop).ConfigureAwait(false);
        if (!known.TryGet(out ClusterFacts? facts, out ClientFailure? failure)) return failure;
        X25519KeyPair replyKey = NewKey();
        if (Payload(facts, sender.Account, replyKey, message, options, out byte[] payload) is { } problem)
        {
            replyKey.Dispose();
            return problem;
        }

        PhalaPhatContracts.PushContractMessage call = new(contract, Vec.Create<byte>(payload), options.Deposit);
        ClientResult<TransactionResult> sent = await cluster.Chain.Transactions.SendAsync(sender, call, stop: stop).ConfigureAwait(false);
        if (sent.TryGet(out TransactionResult? result, out failure))
        {
            Message command = new(new MessageOrigin.AccountId(sender.Account), Topics.Command(contract), call.Payload);
            ClientResult<MessageId> found = await new CommandFinder(cluster).FindAsync(result.Block, command, stop).ConfigureAwait(false);
            if (found.TryGet(out MessageId id, out failure)) return new SentCommand(cluster, contract, id, result, replyKey);
            if (result.ErrorName is { } error) failure = new ClientFailure(ClientError.Refused, $"The chain does not take the command: {error}.");
        }

        replyKey.Dispose();
        return failure;
    }

    private static X25519KeyPair NewKey()
    {
        Span<byte> entropy = stackalloc byte[32];
        RandomNumberGenerator.Fill(entropy);
        X25519KeyPair pair = X25519KeyPair.Derive(entropy);
        CryptographicOperations.ZeroMemory(entropy);
        return pair;
    }

    private ClientFailure? Payload(ClusterFacts facts, AccountId sender, X25519KeyPair replyKey, byte[] message, CommandOptions options, out byte[] payload)
    {
        Span<byte> random = stackalloc byte[CommandNonce.Size + 32];
        RandomNumberGenerator.Fill(random);
        CommandNonce nonce = new(random[..CommandNonce.Size]);
        if (options.IsPlain)
        {
            InkCommand plain = new InkCommand.InkMessage(Vec.Create<byte>(nonce.AsSpan()), Vec.Create<byte>(message), options.Transfer, options.GasLimit, options.DepositLimit.Amount);
            payload = Scale.Encode<CommandPayload>(new CommandPayload.Plain(plain));
            return null;
        }

        ulong now = (ulong)cluster.Options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        ulong expiry = Math.Max(now, facts.Head.ViewTime) + (ulong)cluster.Options.CommandLife.TotalMilliseconds;
        CommandBody body = new(Vec.Create<byte>(message), options.Transfer, options.GasLimit, options.DepositLimit.Amount, new(new X25519PublicKey(replyKey.PublicKey)));
        CommandContext context = new(cluster.Verified.Genesis, cluster.Id, contract, sender);
        EnvelopeError error = CommandEnvelope.Seal(context, facts.CommandKey, facts.Epoch, nonce, expiry, body, random[CommandNonce.Size..], out SealedCommand? command);
        payload = error == EnvelopeError.None ? Scale.Encode<CommandPayload>(new CommandPayload.Sealed(command!)) : [];
        return error == EnvelopeError.None ? null : new ClientFailure(ClientError.NotSealed, $"The command was not sealed: {error}.");
    }
}
