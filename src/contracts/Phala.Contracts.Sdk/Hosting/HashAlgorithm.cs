namespace Phala.Contracts.Hosting;

/// <summary>Hashes that the host computes.</summary>
public enum HashAlgorithm
{
    /// <summary>BLAKE2b with 32 bytes.</summary>
    Blake2b256,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>Keccak-256, as Ethereum has it.</summary>
    Keccak256,
}
