using System.Diagnostics.CodeAnalysis;
using Phala.Chain.Extrinsics;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Pallets;

namespace Phala.Runtime.Execution;

/// <summary>A block over a state that nobody keeps.</summary>
public sealed class ScratchBlock
{
    private readonly BlockExecution _execution;

    internal ScratchBlock(BlockExecution execution) => _execution = execution;

    /// <summary>Reads a transaction.</summary>
    /// <returns>False where the bytes are none.</returns>
    public bool TryPrepare(OpaqueExtrinsic extrinsic, [NotNullWhen(true)] out PreparedTransaction? transaction) => _execution.TryPrepare(extrinsic, out transaction);

    /// <summary>Says whether and how a transaction could be in the next block. Changes nothing.</summary>
    public TransactionValidity Validate(PreparedTransaction transaction) => _execution.Validate(transaction);

    /// <summary>Applies a transaction to see how it ends. The next one finds what it changed.</summary>
    public ApplyOutcome Apply(PreparedTransaction transaction) => _execution.Apply(transaction);

    /// <summary>What a transaction costs; its signature is not looked at.</summary>
    public static InclusionFee Fee(PreparedTransaction transaction) => TransactionPaymentPallet.Fee(transaction.Info, (uint)transaction.Length);
}
