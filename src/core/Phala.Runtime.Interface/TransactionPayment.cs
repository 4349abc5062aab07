using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;

namespace Phala.Runtime.Interface;

/// <summary>What transactions cost: a fee by weight and one by length, paid to the block's author, and a tip.</summary>
[Documented]
public static partial class TransactionPayment
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "TransactionPayment";

    /// <summary>The fee of one byte in units of 10⁻¹² PHA.</summary>
    public const ulong ByteFee = 10_000_000;

    /// <summary>The fee of one picosecond in units of 10⁻¹² PHA.</summary>
    public const ulong PicosecondFee = 10;

    /// <summary>What the fee by weight is multiplied with: always one.</summary>
    public static readonly StorageValue<FixedU128, FixedU128> NextFeeMultiplier = new(Name, "NextFeeMultiplier", () => FixedU128.One);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 5, "pallet_transaction_payment", Docs)
        .Event<TransactionFeePaid>(0)
        .Stores(NextFeeMultiplier)
        .Constant<U8Codec, byte>("OperationalFeeMultiplier", 5, "How much more a tip counts for the priority of operational calls.");

    /// <summary>A transaction was paid for.</summary>
    /// <param name="Who">By whom.</param>
    /// <param name="ActualFee">The whole fee with the tip.</param>
    /// <param name="Tip">The tip.</param>
    [Scale] public readonly partial record struct TransactionFeePaid(AccountId Who, UInt128 ActualFee, UInt128 Tip) : IEvent<TransactionFeePaid>;
}
