using Phala.Codec;

namespace Phala.Worker.Interface.Contracts;

/// <summary>Why the vault did not do what it was asked.</summary>
[Scale]
public enum VaultError : byte
{
    /// <summary>The caller has no secret of that name.</summary>
    NoSuchSecret = 0,

    /// <summary>There is no such secret, or the caller may not read it. Who may not read does not learn which.</summary>
    NotAllowed = 1,

    /// <summary>The name is empty or too long.</summary>
    BadName = 2,

    /// <summary>The secret is too long.</summary>
    SecretTooLong = 3,

    /// <summary>The secret has as many readers as it may have.</summary>
    TooManyReaders = 4,
}
