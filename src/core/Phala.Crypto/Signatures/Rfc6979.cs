using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Phala.Crypto.Secp256k1;

namespace Phala.Crypto.Signatures;

/// <summary>The nonces of RFC 6979 §3.2 with HMAC-SHA-256 for the group of secp256k1: a generator keyed by the secret key and the hash.</summary>
internal ref struct Rfc6979
{
    private const int Length = 32;

    private State _state;
    private bool _used;

    /// <summary>Steps a to g.</summary>
    public Rfc6979(ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> hash)
    {
        Span<byte> seed = stackalloc byte[Length + 1 + Length + Length];
        Span<byte> reduced = seed[(Length + 1 + Length)..];
        Scalar.Read(hash, out _).Write(reduced);
        secretKey.CopyTo(seed[(Length + 1)..]);

        Value.Fill(1);
        Key.Clear();
        Update(seed, 0);
        Update(seed, 1);
        CryptographicOperations.ZeroMemory(seed);
    }

    [UnscopedRef]
    private Span<byte> Key => _state[..Length];

    [UnscopedRef]
    private Span<byte> Value => _state[Length..];

    /// <summary>Step h: the next nonce, from 1 to n - 1.</summary>
    public Scalar Next()
    {
        Span<byte> block = stackalloc byte[Length + 1];
        Scalar nonce;
        bool overflow;
        do
        {
            if (_used) Update(block, 0);
            _used = true;
            HMACSHA256.HashData(Key, Value, Value);
            nonce = Scalar.Read(Value, out overflow);
        }
        while (overflow || nonce.IsZero);

        return nonce;
    }

    /// <summary>Overwrites the state with zeros.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(_state);

    /// <summary>K = HMAC(K, V ‖ tag ‖ rest), V = HMAC(K, V); V and the tag are put at the beginning of <paramref name="seed"/>.</summary>
    private void Update(scoped Span<byte> seed, byte tag)
    {
        Value.CopyTo(seed);
        seed[Length] = tag;
        HMACSHA256.HashData(Key, seed, Key);
        HMACSHA256.HashData(Key, Value, Value);
    }

    [InlineArray(2 * Length)]
    private struct State
    {
        private byte _first;
    }
}
