using Phala.Chain;
using Phala.Clusters.Native;
using Phala.Worker.Interface.Contracts;

namespace Phala.Tests.Clusters;

/// <summary>The vault and the tokens of its callers, written down plainly.</summary>
internal sealed class VaultModel
{
    private readonly Dictionary<(AccountId Owner, string Name), (byte[] Secret, HashSet<AccountId> Readers)> _secrets = [];

    public VaultError? Store(AccountId owner, string name, byte[] secret)
    {
        if (name.Length is 0 or > VaultContract.LongestName) return VaultError.BadName;
        if (secret.Length > VaultContract.LongestSecret) return VaultError.SecretTooLong;
        _secrets[(owner, name)] = (secret, _secrets.TryGetValue((owner, name), out var before) ? before.Readers : []);
        return null;
    }

    public VaultError? Grant(AccountId owner, string name, AccountId reader)
    {
        if (!_secrets.TryGetValue((owner, name), out var item)) return VaultError.NoSuchSecret;
        if (item.Readers.Count == VaultContract.MostReaders && !item.Readers.Contains(reader)) return VaultError.TooManyReaders;
        item.Readers.Add(reader);
        return null;
    }

    public VaultError? Revoke(AccountId owner, string name, AccountId reader)
    {
        if (!_secrets.TryGetValue((owner, name), out var item)) return VaultError.NoSuchSecret;
        item.Readers.Remove(reader);
        return null;
    }

    public VaultError? Remove(AccountId owner, string name) => _secrets.Remove((owner, name)) ? null : VaultError.NoSuchSecret;

    public byte[]? Read(AccountId caller, AccountId owner, string name) =>
        _secrets.TryGetValue((owner, name), out var item) && (caller == owner || item.Readers.Contains(caller)) ? item.Secret : null;

    public string[] List(AccountId owner) => [.. _secrets.Keys.Where(key => key.Owner == owner).Select(key => key.Name).Order(StringComparer.Ordinal)];

    public AccountId[]? Readers(AccountId owner, string name) =>
        _secrets.TryGetValue((owner, name), out var item) ? [.. item.Readers.Order(Comparer<AccountId>.Create((left, right) => left.AsSpan().SequenceCompareTo(right.AsSpan())))] : null;
}
