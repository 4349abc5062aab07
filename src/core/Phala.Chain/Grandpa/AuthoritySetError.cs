namespace Phala.Chain.Grandpa;

/// <summary>Why an authority list makes no set of voters.</summary>
public enum AuthoritySetError : byte
{
    /// <summary>It makes one.</summary>
    None = 0,

    /// <summary>No entry has a weight above 0.</summary>
    NoVoters,

    /// <summary>The weights add up to more than 64 bits hold.</summary>
    WeightOverflow,
}
