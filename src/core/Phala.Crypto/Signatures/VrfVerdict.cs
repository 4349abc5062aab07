namespace Phala.Crypto.Signatures;

/// <summary>What the verifier of a VRF says. Only <see cref="Valid"/> is success; the default value is not.</summary>
public enum VrfVerdict
{
    /// <summary>All parts are well formed, but the proof does not show that this is the key's output for this input.</summary>
    WrongProof = 0,

    /// <summary>The output is the one that belongs to key and input.</summary>
    Valid,

    /// <summary>The output is not 32 bytes long, or the proof not 64.</summary>
    WrongLength,

    /// <summary>The public key is not 32 bytes that encode a group element.</summary>
    MalformedPublicKey,

    /// <summary>The output encodes no group element, or the neutral one.</summary>
    MalformedOutput,

    /// <summary>A scalar of the proof is not below the group's order.</summary>
    NonCanonicalScalar,
}
