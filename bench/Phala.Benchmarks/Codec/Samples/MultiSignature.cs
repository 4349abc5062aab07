using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>The forms of a signature.</summary>
[Scale("sp_runtime::MultiSignature")]
public abstract partial record MultiSignature
{
    private MultiSignature()
    {
    }

    /// <summary>Ed25519.</summary>
    [Variant(0, Unnamed = true)]
    public sealed record Ed25519(Signature64 Signature) : MultiSignature;

    /// <summary>Sr25519.</summary>
    [Variant(1, Unnamed = true)]
    public sealed record Sr25519(Signature64 Signature) : MultiSignature;

    /// <summary>ECDSA on secp256k1.</summary>
    [Variant(2, Unnamed = true)]
    public sealed record Ecdsa(Signature65 Signature) : MultiSignature;
}
