namespace PriceOracle;

/// <summary>A price for which the contract stands.</summary>
/// <param name="Price">In units of 10⁻⁶.</param>
/// <param name="Sources">How many servers said something.</param>
/// <param name="Statement">What is signed: JSON with symbol, price and time.</param>
/// <param name="Signature">The signature of the statement.</param>
public readonly record struct SignedPrice(Balance Price, uint Sources, byte[] Statement, byte[] Signature);
