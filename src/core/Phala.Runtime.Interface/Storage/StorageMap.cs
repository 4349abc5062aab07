using System.Diagnostics;
using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Interface.Storage;

/// <summary>Values of the state by key.</summary>
/// <typeparam name="TKeyCodec">The codec of the keys; the type itself where it has its own.</typeparam>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TCodec">The codec of the values; the type itself where it has its own.</typeparam>
/// <typeparam name="T">The values.</typeparam>
public sealed class StorageMap<TKeyCodec, TKey, TCodec, T> : StorageItem
    where TKeyCodec : IScaleCodec<TKey>
    where TCodec : IScaleCodec<T>
{
    /// <summary>Longer keys are built on the heap.</summary>
    private const int LongestOnStack = 256;

    private readonly Hasher _hasher;
    private readonly StoredValue<TCodec, T> _stored;

    /// <summary>Names the map.</summary>
    /// <param name="pallet">The pallet's name.</param>
    /// <param name="name">The item's name.</param>
    /// <param name="hasher">How keys are hashed.</param>
    /// <param name="fallback">What a missing entry stands for; null if for nothing.</param>
    public StorageMap(string pallet, string name, Hasher hasher, Func<T>? fallback = null)
        : base(pallet, name, StoredValue<TCodec, T>.ModifierOf(fallback))
    {
        _hasher = hasher;
        _stored = new StoredValue<TCodec, T>(this, fallback);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Hasher> Hashers => [_hasher];

    /// <summary>The storage key of an entry.</summary>
    public byte[] Key(in TKey key)
    {
        byte[] bytes = new byte[KeyLength(key)];
        WriteKey(key, bytes);
        return bytes;
    }

    /// <summary>The value of a key, or the default one.</summary>
    /// <exception cref="InvalidOperationException">There is none, and no default.</exception>
    public T Get(TrieOverlay state, in TKey key) => TryGet(state, key, out T value) ? value : _stored.Fallback();

    /// <summary>The value of a key, or the default one.</summary>
    /// <exception cref="InvalidOperationException">There is none, and no default.</exception>
    public T Get(MerkleTrie state, in TKey key) => TryGet(state, key, out T value) ? value : _stored.Fallback();

    /// <summary>The value that the state holds for a key.</summary>
    public bool TryGet(TrieOverlay state, in TKey key, out T value)
    {
        int length = KeyLength(key);
        Span<byte> bytes = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        WriteKey(key, bytes);
        return _stored.TryGet(state, bytes, out value);
    }

    /// <summary>The value that the state holds for a key.</summary>
    public bool TryGet(MerkleTrie state, in TKey key, out T value) => _stored.TryGet(state, Key(key), out value);

    /// <summary>Whether the state holds a value for a key.</summary>
    public bool Contains(TrieOverlay state, in TKey key) => state.Contains(Key(key));

    /// <summary>Writes a key's value.</summary>
    public void Set(TrieOverlay state, in TKey key, in T value)
    {
        int length = KeyLength(key);
        Span<byte> bytes = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        WriteKey(key, bytes);
        StoredValue<TCodec, T>.Set(state, bytes, value);
    }

    /// <summary>Takes a key's value away.</summary>
    public void Remove(TrieOverlay state, in TKey key) => state.Remove(Key(key));

    /// <inheritdoc/>
    public override byte[] EncodedDefault() => _stored.EncodedDefault();

    /// <inheritdoc/>
    public override int? DescribeKey(TypeRegistryBuilder registry) => TKeyCodec.Describe(registry);

    /// <inheritdoc/>
    public override int DescribeValue(TypeRegistryBuilder registry) => TCodec.Describe(registry);

    private int KeyLength(in TKey key) => PrefixLength + Storage.Hashers.Length(_hasher, TKeyCodec.EncodedLength(key));

    private void WriteKey(in TKey key, Span<byte> destination)
    {
        int length = TKeyCodec.EncodedLength(key);
        Span<byte> encoded = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        bool fits = Scale.TryEncode<TKeyCodec, TKey>(key, encoded, out _);
        Debug.Assert(fits, "The length was asked for.");
        Prefix.CopyTo(destination);
        Storage.Hashers.Write(_hasher, encoded, destination[PrefixLength..]);
    }
}
