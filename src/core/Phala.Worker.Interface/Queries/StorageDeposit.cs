using Phala.Codec;

namespace Phala.Worker.Interface.Queries;

/// <summary>What a call locks for what it stores.</summary>
[Scale("pallet_contracts_primitives::StorageDeposit")]
public abstract partial record StorageDeposit
{
    private StorageDeposit()
    {
    }

    /// <summary>It stores less than before.</summary>
    /// <param name="Amount">What is given back.</param>
    [Variant(0, Unnamed = true)]
    public sealed record Refund(UInt128 Amount) : StorageDeposit;

    /// <summary>It stores as much as before, or more.</summary>
    /// <param name="Amount">What is locked.</param>
    [Variant(1, Unnamed = true)]
    public sealed record Charge(UInt128 Amount) : StorageDeposit;
}
