using System.Globalization;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Execution;

/// <summary>Why a block does not follow from its parent's state, and where.</summary>
/// <param name="Error">Why.</param>
/// <param name="Extrinsic">The place of the extrinsic, where it is one's fault.</param>
/// <param name="Reason">Why that can't be in the block, where it can't.</param>
/// <param name="DigestItem">The place of the first digest item that execution does not give, where it is one's fault.</param>
public readonly record struct BlockFault(BlockError Error, int Extrinsic = -1, TransactionValidityError? Reason = null, int DigestItem = -1)
{
    /// <inheritdoc/>
    public override string ToString() => Extrinsic < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Error}{(DigestItem < 0 ? "" : $" at item {DigestItem}")}")
        : string.Create(CultureInfo.InvariantCulture, $"{Error} at extrinsic {Extrinsic}{(Reason is { } reason ? $": {reason}" : "")}");
}
