using Phala.Client.Clusters;

namespace Phala.Client.Contracts.Ink;

/// <summary>What an account has in a cluster beside what it offers with a command or a constructor. Nothing is reserved: the account may have less by the time that it is executed.</summary>
/// <param name="Free">What it has, in units of 10⁻¹² PHA.</param>
/// <param name="Gas">The price of all the gas that is offered.</param>
/// <param name="Transfer">What the contract is given.</param>
/// <param name="Deposit">What may be locked; 0 where any amount may.</param>
/// <param name="Answer">The verified answer that says what it has.</param>
public sealed record FundsCheck(UInt128 Free, UInt128 Gas, UInt128 Transfer, UInt128 Deposit, VerifiedAnswer Answer)
{
    /// <summary>What has to be there; the largest number where it is beyond all numbers.</summary>
    public UInt128 Needed => Add(Add(Gas, Transfer), Deposit);

    /// <summary>Whether it is there.</summary>
    public bool Suffices => Free >= Needed;

    private static UInt128 Add(UInt128 left, UInt128 right) => left > UInt128.MaxValue - right ? UInt128.MaxValue : left + right;
}
