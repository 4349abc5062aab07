namespace Phala.Chain.Grandpa;

/// <summary>Why a header's messages to GRANDPA cannot be followed. A chain of this runtime never writes such a header.</summary>
public enum GrandpaDigestError : byte
{
    /// <summary>They can.</summary>
    None = 0,

    /// <summary>A message is no <see cref="GrandpaLog"/>.</summary>
    MalformedLog,

    /// <summary>A second change of the set.</summary>
    SecondChange,

    /// <summary>A change that does not wait for finality.</summary>
    ForcedChange,

    /// <summary>A change that takes effect later than with the next block.</summary>
    DelayedChange,

    /// <summary>Finality pauses.</summary>
    Pause,

    /// <summary>Finality resumes.</summary>
    Resume,
}
