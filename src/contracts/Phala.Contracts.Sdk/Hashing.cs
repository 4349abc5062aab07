using Phala.Contracts.Hosting;

namespace Phala.Contracts;

/// <summary>Hashes, computed by the host.</summary>
public static class Hashing
{
    /// <summary>BLAKE2b with 32 bytes.</summary>
    public static Hash Blake2b256(byte[] data) => Host.Blake2b256(data, data.Length);

    /// <summary>SHA-256.</summary>
    public static Hash Sha256(byte[] data) => Host.Sha256(data);

    /// <summary>Keccak-256, as Ethereum has it.</summary>
    public static Hash Keccak256(byte[] data) => Host.Keccak256(data);
}
