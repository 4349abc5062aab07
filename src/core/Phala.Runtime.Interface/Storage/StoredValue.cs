using Phala.Codec;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Interface.Storage;

/// <summary>How an item's values are read, written and defaulted, whatever their keys.</summary>
/// <remarks>Bytes in a state that are no value of its item were never written by the runtime: that is a broken state, and an exception, not a result.</remarks>
internal readonly struct StoredValue<TCodec, T>(StorageItem item, Func<T>? fallback)
    where TCodec : IScaleCodec<T>
{
    public static StorageModifier ModifierOf(Func<T>? fallback) => fallback is null ? StorageModifier.Optional : StorageModifier.Default;

    public byte[] EncodedDefault() => fallback is null ? [0] : Scale.Encode<TCodec, T>(fallback());

    public T Fallback() => fallback is null ? throw new InvalidOperationException($"{item} has no default: use TryGet.") : fallback();

    public bool TryGet(TrieOverlay state, ReadOnlySpan<byte> key, out T value) => TryDecode(state.TryGet(key, out ReadOnlySpan<byte> bytes), bytes, out value);

    public bool TryGet(MerkleTrie state, ReadOnlySpan<byte> key, out T value) => TryDecode(state.TryGet(key, out ReadOnlySpan<byte> bytes), bytes, out value);

    public static void Set(TrieOverlay state, ReadOnlySpan<byte> key, in T value) => state.Set(key, Scale.Encode<TCodec, T>(value));

    private bool TryDecode(bool found, ReadOnlySpan<byte> bytes, out T value)
    {
        value = default!;
        if (!found) return false;
        DecodeResult<T> result = Scale.Decode<TCodec, T>(bytes);
        if (!result.TryGet(out T? decoded)) throw new InvalidDataException($"The state holds no value of {item}: {result.Error} at byte {result.Position} of {Hex.Format(bytes)}.");
        value = decoded;
        return true;
    }
}
