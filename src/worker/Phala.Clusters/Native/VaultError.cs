using Phala.Codec;

namespace Phala.Clusters.Native;

/// <summary>Why the vault did not do what it was asked.</summary>
[Scale]
public enum VaultError : byte
{
    /// <summary>The caller has no secret of that name.</summary>
    NoSuchSecret = 0,

    /// <summary>There is no such secret, or the caller may not read it. Who may not read does not learn which.</summary>
    NotAllowed = 1,

    /// <summary>The name is empty, or longer than <see cref="VaultContract.LongestName"/>.</summary>
    BadName = 2,

    /// <summary>The secret is longer than <see cref="VaultContract.LongestSecret"/>.</summary>
    SecretTooLong = 3,

    /// <summary>The secret has <see cref="VaultContract.MostReaders"/> readers already.</summary>
    TooManyReaders = 4,
}
