using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;

namespace Phala.Node.Keys;

/// <summary>The secret keys by which this node authors blocks and makes them final. Held in memory; where they come from is the keystore's matter.</summary>
public sealed class AuthorityKeys : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AuraAuthorityId, Sr25519KeyPair> _aura = [];
    private readonly Dictionary<GrandpaAuthorityId, Ed25519KeyPair> _grandpa = [];

    /// <summary>Whether there is any key.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _aura.Count == 0 && _grandpa.Count == 0;
        }
    }

    /// <summary>Adds both keys of a secret URI, such as <c>//Alice</c>.</summary>
    /// <returns>None, or why it is no secret.</returns>
    public SecretUriError Add(string uri)
    {
        SecretUriError error = SecretUri.TryParse(uri, out SecretUri secret);
        if (error != SecretUriError.None) return error;
        error = secret.TryDeriveEd25519(out Ed25519KeyPair? grandpa);
        if (error != SecretUriError.None) return error;
        Add(secret.DeriveSr25519());
        Add(grandpa!);
        return SecretUriError.None;
    }

    /// <summary>Adds a key for authoring blocks.</summary>
    public void Add(Sr25519KeyPair key)
    {
        lock (_gate) _aura[new AuraAuthorityId(key.PublicKey)] = key;
    }

    /// <summary>Adds a key for making blocks final.</summary>
    public void Add(Ed25519KeyPair key)
    {
        lock (_gate) _grandpa[new GrandpaAuthorityId(key.PublicKey)] = key;
    }

    /// <summary>The key of an author, where this node has it.</summary>
    public bool TryGet(in AuraAuthorityId id, out Sr25519KeyPair? key)
    {
        lock (_gate) return _aura.TryGetValue(id, out key);
    }

    /// <summary>The key of a voter, where this node has it.</summary>
    public bool TryGet(in GrandpaAuthorityId id, out Ed25519KeyPair? key)
    {
        lock (_gate) return _grandpa.TryGetValue(id, out key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Sr25519KeyPair key in _aura.Values) key.Dispose();
            foreach (Ed25519KeyPair key in _grandpa.Values) key.Dispose();
            _aura.Clear();
            _grandpa.Clear();
        }
    }
}
