using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>The decoders of Phala.Crypto.</summary>
public static class CryptoTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new PublicKeyTarget(),
        new Sr25519VerifyTarget(),
        new Sr25519BatchTarget(),
        new Sr25519VrfTarget(),
        new Ed25519VerifyTarget(),
        new Ed25519BatchTarget(),
        new Sr25519SecretTarget(),
        new HpkeOpenTarget(),
        new HpkeOpenAuthenticatedTarget(),
        new Secp256k1PublicKeyTarget(),
        new EcdsaTarget(),
        new SubstrateEcdsaTarget(),
        new EthereumAddressTarget(),
        new Base58Target(),
        new Ss58Target(),
        new MnemonicTarget(),
        new SecretUriTarget(),
    ];
}
