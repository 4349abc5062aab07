namespace Phala.Runtime.Genesis;

/// <summary>Why a chain can't begin like this.</summary>
public enum GenesisError
{
    /// <summary>It can.</summary>
    None,

    /// <summary>There are no validators, or one is there twice, or two have a key in common.</summary>
    BadValidators,

    /// <summary>An account is there twice, or has less than the existential deposit.</summary>
    BadBalance,

    /// <summary>There are more tokens than can be counted.</summary>
    TooManyTokens,

    /// <summary>A measurement is there twice.</summary>
    BadMeasurements,

    /// <summary>A slot has no length, or is longer than a day.</summary>
    BadSlotDuration,

    /// <summary>No such version of the rules is known.</summary>
    UnknownVersion,
}
