using System.Security.Cryptography;
using System.Text.Json;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Node.Keys;
using Phala.Runtime.Interface;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>author_*</c> about the keys of this node's authorities: <c>aura</c> by which it makes blocks and <c>gran</c> by which it makes them final. For the operator only.</summary>
internal sealed class KeyMethods(NodeContext context)
{
    private const string Aura = "aura", Grandpa = "gran";
    private const int KeyTypeLength = 4, Other = 1040;
    private static readonly RpcError BadKeyType = new(Other, "Key type ID has an unknown format");
    private static readonly RpcError BadSeedPhrase = new(Other, "Bad seed phrase or password");
    private static readonly RpcError NotKept = new(Other, "Key store is unavailable");
    private static readonly RpcError InvalidSessionKeys = new(Other, "Session keys are not encoded correctly");

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("author_insertKey", RpcAccess.Unsafe, Insert);
        registry.Method("author_rotateKeys", RpcAccess.Unsafe, Rotate);
        registry.Method("author_hasKey", RpcAccess.Unsafe, HasKey);
        registry.Method("author_hasSessionKeys", RpcAccess.Unsafe, HasSessionKeys);
    }

    private RpcError? Insert(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryString("keyType", out string type) && parameters.TryString("suri", out string uri) && parameters.TryHex("publicKey", out byte[] publicKey))) return parameters.Error;
        if (type is not (Aura or Grandpa)) return BadKeyType;
        if (Add(type, uri, publicKey, out _) is { } error) return error;
        result.WriteNullValue();
        return null;
    }

    /// <summary>Makes a new pair of session keys, from now on held beside the old ones: the chain decides which are used.</summary>
    private RpcError? Rotate(RpcCall call, Utf8JsonWriter result)
    {
        if (AddNew(Aura, out byte[] aura) is { } noAura) return noAura;
        if (AddNew(Grandpa, out byte[] grandpa) is { } noGrandpa) return noGrandpa;
        result.WriteHexValue([.. aura, .. grandpa]);
        return null;
    }

    private RpcError? HasKey(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHex("publicKey", out byte[] publicKey) && parameters.TryString("keyType", out string type))) return parameters.Error;
        if (type.Length != KeyTypeLength) return BadKeyType;
        result.WriteBooleanValue(Has(type, publicKey));
        return null;
    }

    private RpcError? HasSessionKeys(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryHex("sessionKeys", out byte[] encoded)) return call.Parameters.Error;
        if (!Scale.Decode<SessionKeys>(encoded).TryGet(out SessionKeys keys)) return InvalidSessionKeys;
        result.WriteBooleanValue(Has(Aura, keys.Aura.AsSpan()) && Has(Grandpa, keys.Grandpa.AsSpan()));
        return null;
    }

    private bool Has(string type, ReadOnlySpan<byte> publicKey) => publicKey.Length == AuraAuthorityId.Size && type switch
    {
        Aura => context.Keys.TryGet(new AuraAuthorityId(publicKey), out _),
        Grandpa => context.Keys.TryGet(new GrandpaAuthorityId(publicKey), out _),
        _ => false,
    };

    private RpcError? AddNew(string type, out byte[] publicKey)
    {
        byte[] seed = new byte[SecretUri.SeedLength];
        context.Entropy(seed);
        string uri = Hex.Format(seed);
        CryptographicOperations.ZeroMemory(seed);
        return Add(type, uri, expected: null, out publicKey);
    }

    /// <summary>Adds the key of a secret URI, whose public key must be the expected one.</summary>
    private RpcError? Add(string type, string uri, byte[]? expected, out byte[] publicKey)
    {
        publicKey = [];
        if (SecretUri.TryParse(KeyFile.Open(uri, context.KeystorePassword), out SecretUri secret) != SecretUriError.None) return BadSeedPhrase;
        if (type == Aura)
        {
            Sr25519KeyPair pair = secret.DeriveSr25519();
            publicKey = pair.PublicKey.ToArray();
            if (Refusal(type, uri, expected, publicKey) is { } refusal) return refusal;
            context.Keys.Add(pair);
            return null;
        }

        if (secret.TryDeriveEd25519(out Ed25519KeyPair? grandpa) != SecretUriError.None) return BadSeedPhrase;
        publicKey = grandpa!.PublicKey.ToArray();
        if (Refusal(type, uri, expected, publicKey) is { } refused) return refused;
        context.Keys.Add(grandpa);
        return null;
    }

    private RpcError? Refusal(string type, string uri, byte[]? expected, byte[] publicKey)
    {
        if (expected is not null && !expected.AsSpan().SequenceEqual(publicKey)) return BadSeedPhrase;
        return context.KeepKey(type, publicKey, uri) ? null : NotKept;
    }
}
