using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>The types of the module's functions.</summary>
internal static class Signatures
{
    /// <summary>The type of every exported function: pointer to and length of the arguments; span of the answer.</summary>
    public const uint Answer = 3;

    private const ValueKind I = ValueKind.I32, L = ValueKind.I64;

    /// <summary>The types by index.</summary>
    public static IReadOnlyList<FunctionType> Types { get; } =
    [
        new([L], [L]), new([L], [I]), new([I, L, I], [I]), new([I, I], [L]), new([I], [I]), new([I, I, I], []), new([I], []),
        new([I], [L]), new([], []), new([I, I, I], [I]), new([], [L]), new([L, L], [I]),
    ];

    /// <summary>An import.</summary>
    public static Import Import(HostFunction function)
    {
        (string name, uint type) = function switch
        {
            HostFunction.StorageGet => ("ext_storage_get_version_1", 0u),
            HostFunction.Blake2_128 => ("ext_hashing_blake2_128_version_1", 1u),
            HostFunction.Blake2_256 => ("ext_hashing_blake2_256_version_1", 1u),
            HostFunction.Twox64 => ("ext_hashing_twox_64_version_1", 1u),
            HostFunction.Ed25519Verify => ("ext_crypto_ed25519_verify_version_1", 2u),
            HostFunction.Sr25519Verify => ("ext_crypto_sr25519_verify_version_2", 2u),
            HostFunction.EcdsaRecover => ("ext_crypto_secp256k1_ecdsa_recover_compressed_version_2", 3u),
            _ => ("ext_allocator_malloc_version_1", 4u),
        };
        return new Import("env", name, ExternalKind.Function, type);
    }

    /// <summary>The index of a helper's type.</summary>
    public static uint TypeOf(Helper helper) => helper switch
    {
        Helper.Copy => 5,
        Helper.Need => 6,
        Helper.Stored => 0,
        Helper.ReadCompact or Helper.Fee => 7,
        Helper.ReadExtensions or Helper.ReadSigner or Helper.ReadExtrinsic or Helper.FindCall => 8,
        Helper.BlockHash => 9,
        Helper.Birth => 4,
        Helper.SignedMessage or Helper.Account or Helper.Priority => 10,
        Helper.IsSigned => 1,
        Helper.CanPay => 11,
        _ => 3,
    };
}
