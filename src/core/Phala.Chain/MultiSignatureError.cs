namespace Phala.Chain;

/// <summary>Why a <see cref="MultiSignature"/> does not prove that an account signed a message.</summary>
public enum MultiSignatureError : byte
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>The account is no public key of the signature's scheme.</summary>
    MalformedPublicKey,

    /// <summary>The bytes are no signature of the scheme, whatever the message is.</summary>
    MalformedSignature,

    /// <summary>Another message or another signer.</summary>
    WrongSignature,
}
