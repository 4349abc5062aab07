using System.Globalization;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Runtime.Execution;

/// <summary>Why a block does not follow from its parent's state, and where.</summary>
/// <param name="Error">Why.</param>
/// <param name="Extrinsic">The place of the extrinsic, where it is one's fault.</param>
/// <param name="Reason">Why that can't be in the block, where it can't.</param>
public readonly record struct BlockFault(BlockError Error, int Extrinsic = -1, TransactionValidityError? Reason = null)
{
    /// <inheritdoc/>
    public override string ToString() => Extrinsic < 0
        ? Error.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{Error} at extrinsic {Extrinsic}{(Reason is { } reason ? $": {reason}" : "")}");
}
