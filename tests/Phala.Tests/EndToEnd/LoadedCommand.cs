using System.Security.Cryptography;
using Phala.Cli.Dev;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>A sealed command to the vault that no other is like: it stores a secret of its own, and gives the vault an amount, so that a second execution would show in the vault's balance.</summary>
internal sealed class LoadedCommand : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private readonly X25519KeyPair _replyKey = X25519KeyPair.Derive(RandomNumberGenerator.GetBytes(32));

    public LoadedCommand(AccountSigner sender, string name, UInt128 amount, in Hash256 genesis, in X25519PublicKey commandKey)
    {
        (Sender, Name, Amount) = (sender, name, amount);
        CommandBody body = new(Vec.Create<byte>(VaultCalls.Store(name, Secret)), amount, GasLimit, Option<UInt128>.None, new(new X25519PublicKey(_replyKey.PublicKey)));
        ulong expiry = (ulong)DateTimeOffset.UtcNow.Add(Life).ToUnixTimeMilliseconds();
        CommandNonce nonce = new(RandomNumberGenerator.GetBytes(CommandNonce.Size));
        CommandContext context = new(genesis, DevVault.Cluster, DevVault.Id, sender.Account);
        Assert.Equal(EnvelopeError.None, CommandEnvelope.Seal(context, commandKey, epoch: 0, nonce, expiry, body, RandomNumberGenerator.GetBytes(32), out SealedCommand? command));
        Call = new PhalaPhatContracts.PushContractMessage(DevVault.Id, Vec.Create<byte>(Scale.Encode<CommandPayload>(new CommandPayload.Sealed(command!))), Deposit: 0);
    }

    /// <summary>What one command may take: far more than it does.</summary>
    public static ulong GasLimit => 1_000_000_000;

    public AccountSigner Sender { get; }

    public string Name { get; }

    public UInt128 Amount { get; }

    /// <summary>The call that pushes it.</summary>
    public PhalaPhatContracts.PushContractMessage Call { get; }

    private byte[] Secret => System.Text.Encoding.UTF8.GetBytes("the secret of " + Name);

    /// <summary>How the command ended, as its receipt says to who has the reply key; null where the receipt says nothing.</summary>
    public OutcomeStatus? StatusOf(in Hash256 genesis, Receipt receipt)
    {
        if (receipt.Status is not ReceiptStatus.Executed) return null;
        EnvelopeError error = ReceiptEnvelope.TryOpen(ReceiptContext.Of(genesis, DevVault.Cluster, receipt), _replyKey, receipt, out SealedOutcome? outcome);
        return error == EnvelopeError.None && outcome is SealedOutcome.Whole whole ? whole.Outcome.Status : null;
    }

    public void Dispose() => _replyKey.Dispose();
}
