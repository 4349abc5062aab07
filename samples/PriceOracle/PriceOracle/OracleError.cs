namespace PriceOracle;

/// <summary>Why a call failed.</summary>
public enum OracleError : byte
{
    /// <summary>Somebody else owns the contract.</summary>
    NotTheOwner = 0,

    /// <summary>There are as many sources as there may be.</summary>
    TooManySources = 1,

    /// <summary>Too few of the sources gave a price.</summary>
    TooFewAnswers = 2,
}
