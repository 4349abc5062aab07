namespace Phala.Chain.Grandpa;

/// <summary>Why a header does not follow a finalized head.</summary>
public enum AdvanceError : byte
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>Its number is not above the head's.</summary>
    NotAscending,

    /// <summary>The justification does not finalize it; <see cref="AdvanceResult.Justification"/> says why.</summary>
    NotJustified,

    /// <summary>Its messages to GRANDPA cannot be followed; <see cref="AdvanceResult.Digest"/> says why.</summary>
    UnsupportedDigest,

    /// <summary>The authorities that it announces make no set; <see cref="AdvanceResult.NextSet"/> says why.</summary>
    InvalidNextSet,

    /// <summary>It announces a set after the one with the highest number.</summary>
    LastSet,
}
