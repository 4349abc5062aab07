namespace Phala.Runtime.Interface.Storage;

/// <summary>How a map's key becomes part of a storage key. The values are those of metadata.</summary>
public enum Hasher : byte
{
    /// <summary>BLAKE2b-128 alone; the key can't be read back.</summary>
    Blake2_128 = 0,

    /// <summary>BLAKE2b-256 alone; the key can't be read back.</summary>
    Blake2_256 = 1,

    /// <summary>BLAKE2b-128, then the key itself: for keys that users choose.</summary>
    Blake2_128Concat = 2,

    /// <summary>Twox-128 alone; the key can't be read back.</summary>
    Twox128 = 3,

    /// <summary>Twox-256 alone; the key can't be read back.</summary>
    Twox256 = 4,

    /// <summary>Twox-64, then the key itself: for keys that nobody chooses, as the hash can be aimed at.</summary>
    Twox64Concat = 5,

    /// <summary>The key itself.</summary>
    Identity = 6,
}
