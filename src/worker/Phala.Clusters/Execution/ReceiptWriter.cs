using System.Numerics;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Receipts;

namespace Phala.Clusters.Execution;

/// <summary>Makes an entry's receipts: the same bytes on every member.</summary>
internal sealed class ReceiptWriter(Cluster cluster, ClusterStorage storage, ClusterSecrets secrets)
{
    /// <summary>How many bytes of sealed outcomes one report may have.</summary>
    internal const int MostSealedBytes = 1024 * 1024;

    private readonly List<Receipt> _receipts = [];
    private int _sealedBytes;

    internal IReadOnlyList<Receipt> Receipts => _receipts;

    /// <summary>Adds the receipt of a command that was not executed. It commits to nothing.</summary>
    internal void Add(in MessageId id, in Hash256 contract, NotExecuted reason) =>
        _receipts.Add(new Receipt(id, contract, new ReceiptStatus.NotExecuted(reason), default, 0, default));

    /// <summary>Adds the receipt of a command that was.</summary>
    internal void Add(in MessageId id, CheckedCommand command, Outcome outcome)
    {
        Span<byte> bytes = stackalloc byte[Blinder.Size];
        secrets.DeriveReceiptBlinder(id, bytes);
        Blinder blinder = new(bytes);
        Vec<byte> sealedBytes = command.ReplyKey.TryGet(out X25519PublicKey replyKey) ? Seal(id, command, replyKey, new OpenedOutcome(outcome, blinder)) : default;
        _receipts.Add(new Receipt(id, command.Contract, new ReceiptStatus.Executed(), outcome.Commitment(blinder), Bucket(outcome.Gas), sealedBytes));
    }

    /// <summary>What a receipt can't carry is kept in the state, for the sender to ask for.</summary>
    private Vec<byte> Seal(in MessageId id, CheckedCommand command, in X25519PublicKey replyKey, OpenedOutcome opened)
    {
        Outcome outcome = opened.Outcome;
        bool isWhole = outcome.Output.Length <= SealedOutcome.LongestOutput;
        SealedOutcome content = isWhole
            ? new SealedOutcome.Whole(outcome, opened.Blinder)
            : new SealedOutcome.WithoutOutput(outcome.Status, outcome.Gas, (uint)outcome.Output.Length, opened.Blinder);
        using SecretBytes material = new(32);
        secrets.DeriveReceiptEphemeral(id, material.Span);

        // A reply key that nothing can be sealed to is its sender's loss.
        ReceiptContext context = new(cluster.Genesis, cluster.Id, command.Contract, id);
        bool isSealed = ReceiptEnvelope.Seal(context, replyKey, content, material.Span, out Vec<byte> envelope) == EnvelopeError.None && _sealedBytes + envelope.Length <= MostSealedBytes;
        if (!isWhole || !isSealed) storage.SetOutcome(id.Count, id.Index, new OutcomeRecord(command.Origin, opened));
        if (!isSealed) return default;
        _sealedBytes += envelope.Length;
        return envelope;
    }

    /// <summary>The least power of two that is not below the gas.</summary>
    private static byte Bucket(ulong gas) => gas <= 1 ? (byte)0 : (byte)(64 - BitOperations.LeadingZeroCount(gas - 1));
}
