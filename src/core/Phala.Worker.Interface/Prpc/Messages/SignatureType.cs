namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>How a certificate or a query is signed.</summary>
public enum SignatureType
{
    /// <summary>ed25519.</summary>
    Ed25519 = 0,

    /// <summary>sr25519.</summary>
    Sr25519 = 1,

    /// <summary>ECDSA over secp256k1.</summary>
    Ecdsa = 2,

    /// <summary>ed25519, wrapped by an extension.</summary>
    Ed25519WrapBytes = 3,

    /// <summary>sr25519, wrapped by an extension.</summary>
    Sr25519WrapBytes = 4,

    /// <summary>ECDSA, wrapped by an extension.</summary>
    EcdsaWrapBytes = 5,

    /// <summary>A typed text of Ethereum.</summary>
    Eip712 = 6,

    /// <summary>ECDSA as Ethereum signs.</summary>
    EvmEcdsa = 7,

    /// <summary>The same, wrapped by an extension.</summary>
    EvmEcdsaWrapBytes = 8,
}
