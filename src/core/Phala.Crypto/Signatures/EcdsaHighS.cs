namespace Phala.Crypto.Signatures;

/// <summary>What to do with an s above half of the group order. Of each signature (r, s) anyone can make another, (r, n - s).</summary>
public enum EcdsaHighS
{
    /// <summary>Accept both, as Substrate does: signatures must then not serve as identifiers.</summary>
    Accept = 0,

    /// <summary>Accept the smaller s alone (Ethereum since EIP-2, Bitcoin since BIP-146).</summary>
    Reject,
}
