namespace Phala.Runtime.Light;

/// <summary>What the module imports from its host, in the order of the imports. Bytes are handed over as spans: length ‖ pointer in 64 bits.</summary>
internal enum HostFunction : uint
{
    /// <summary>A key's span; the span of an encoded <c>Option</c> of the value.</summary>
    StorageGet,

    /// <summary>A span; a pointer to 16 bytes.</summary>
    Blake2_128,

    /// <summary>A span; a pointer to 32 bytes.</summary>
    Blake2_256,

    /// <summary>A span; a pointer to 8 bytes.</summary>
    Twox64,

    /// <summary>Pointer to the signature, span of the message, pointer to the key; 1 where it is good.</summary>
    Ed25519Verify,

    /// <summary>Pointer to the signature, span of the message, pointer to the key; 1 where it is good.</summary>
    Sr25519Verify,

    /// <summary>Pointers to the signature and the message's hash; the span of an encoded <c>Result</c> with the compressed key.</summary>
    EcdsaRecover,

    /// <summary>A number of bytes; a pointer to room for them.</summary>
    Allocate,
}
