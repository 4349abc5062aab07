using Phala.Chain.Extrinsics;
using Phala.Node.Network.Notifications;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as a peer's transactions, which the pool would look at one by one.</summary>
public sealed class TransactionsTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "transactions";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [[0x00], [0x04, 0x0C, 1, 2, 3], [0x08, 0x08, 1, 2, 0x0C, 3, 4, 5], [0x05, 0x10, .. new byte[2000]]];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [nameof(NotificationError.Malformed), nameof(NotificationError.TooMany)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (160 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        NotificationError error = Transactions.TryDecode(input, out OpaqueExtrinsic[] transactions);
        if (transactions.Length > Transactions.MaxTransactions) throw new InvalidOperationException("More transactions than may be.");
        return new FuzzOutcome(input.Length > 1, error == NotificationError.None ? null : error.ToString());
    }
}
