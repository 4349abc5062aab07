using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>The tokens of an account, in units of 10⁻¹² PHA.</summary>
/// <param name="Free">What may be spent, as far as it is not frozen.</param>
/// <param name="Reserved">What is held back for something and can't be spent.</param>
/// <param name="Frozen">How much of the sum can't be spent, but may be held back.</param>
/// <param name="Flags">The highest bit says that the account follows the present rules of freezing.</param>
[Scale("pallet_balances::types::AccountData")]
public readonly partial record struct AccountData(UInt128 Free, UInt128 Reserved, UInt128 Frozen, UInt128 Flags)
{
    /// <summary>The flags of an account under the present rules.</summary>
    public static UInt128 PresentRules => UInt128.One << 127;

    /// <summary>An account without tokens.</summary>
    public static AccountData Empty => new(0, 0, 0, PresentRules);
}
