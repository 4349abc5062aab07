using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Interface.Storage;

/// <summary>One value of the state.</summary>
/// <typeparam name="TCodec">The codec of the value; the type itself where it has its own.</typeparam>
/// <typeparam name="T">The value.</typeparam>
public sealed class StorageValue<TCodec, T> : StorageItem
    where TCodec : IScaleCodec<T>
{
    private readonly StoredValue<TCodec, T> _stored;

    /// <summary>Names the value.</summary>
    /// <param name="pallet">The pallet's name.</param>
    /// <param name="name">The item's name.</param>
    /// <param name="fallback">What a missing entry stands for; null if for nothing.</param>
    public StorageValue(string pallet, string name, Func<T>? fallback = null)
        : base(pallet, name, StoredValue<TCodec, T>.ModifierOf(fallback)) => _stored = new StoredValue<TCodec, T>(this, fallback);

    /// <inheritdoc/>
    public override IReadOnlyList<Hasher> Hashers => [];

    /// <summary>The value, or the default one.</summary>
    /// <exception cref="InvalidOperationException">There is none, and no default.</exception>
    public T Get(TrieOverlay state) => TryGet(state, out T value) ? value : _stored.Fallback();

    /// <summary>The value, or the default one.</summary>
    /// <exception cref="InvalidOperationException">There is none, and no default.</exception>
    public T Get(MerkleTrie state) => TryGet(state, out T value) ? value : _stored.Fallback();

    /// <summary>The value that the state holds.</summary>
    public bool TryGet(TrieOverlay state, out T value) => _stored.TryGet(state, Prefix, out value);

    /// <summary>The value that the state holds.</summary>
    public bool TryGet(MerkleTrie state, out T value) => _stored.TryGet(state, Prefix, out value);

    /// <summary>Writes the value.</summary>
    public void Set(TrieOverlay state, in T value) => StoredValue<TCodec, T>.Set(state, Prefix, value);

    /// <summary>Takes the value away.</summary>
    public void Remove(TrieOverlay state) => state.Remove(Prefix);

    /// <inheritdoc/>
    public override byte[] EncodedDefault() => _stored.EncodedDefault();

    /// <inheritdoc/>
    public override int? DescribeKey(TypeRegistryBuilder registry) => null;

    /// <inheritdoc/>
    public override int DescribeValue(TypeRegistryBuilder registry) => TCodec.Describe(registry);
}
