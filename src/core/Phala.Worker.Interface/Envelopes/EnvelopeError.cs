namespace Phala.Worker.Interface.Envelopes;

/// <summary>Why an envelope was not sealed or not opened.</summary>
public enum EnvelopeError : byte
{
    /// <summary>It was.</summary>
    None = 0,

    /// <summary>The receiver's key, or the encapsulation, is no key that anything can be sealed to.</summary>
    InvalidKey,

    /// <summary>The envelope is shorter than any.</summary>
    Truncated,

    /// <summary>The content is longer than an envelope takes.</summary>
    TooLong,

    /// <summary>It was sealed for somebody else, for something else, or was changed.</summary>
    NotAuthentic,

    /// <summary>It opens, but the content is not what it should be.</summary>
    Malformed,
}
