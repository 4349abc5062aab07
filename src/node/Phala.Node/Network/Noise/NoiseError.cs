namespace Phala.Node.Network.Noise;

/// <summary>Why a handshake did not end with a channel to a known peer.</summary>
internal enum NoiseError
{
    /// <summary>It did.</summary>
    None,

    /// <summary>The stream ended.</summary>
    Ended,

    /// <summary>A message is shorter than its keys and tags.</summary>
    Truncated,

    /// <summary>A key is a point of small order: anybody could compute what is agreed with it.</summary>
    BadKey,

    /// <summary>Something encrypted is not what the other side encrypted.</summary>
    BadTag,

    /// <summary>The payload is no protocol buffer.</summary>
    BadPayload,

    /// <summary>The payload lacks the identity or its signature.</summary>
    MissingIdentity,

    /// <summary>The identity is no ed25519 key.</summary>
    BadIdentity,

    /// <summary>The identity did not sign the key of this handshake.</summary>
    BadSignature,
}
