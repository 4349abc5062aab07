using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Runtime.Interface.Storage;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.LightClient;

/// <summary>Reads items of a state through a proof.</summary>
/// <remarks>
/// <b>Trust.</b> Who believes the state root believes every <see cref="ProvenLookup.Present"/> and <see cref="ProvenLookup.Absent"/>. The proof may leave out what it likes, and then says nothing
/// of it; it may come from anybody.
/// </remarks>
public sealed class ProvenState
{
    private readonly TrieProof _proof;

    private ProvenState(TrieProof proof) => _proof = proof;

    /// <summary>The state root that the proof was checked against.</summary>
    public Hash256 Root => _proof.Root;

    /// <summary>Opens a proof, <c>SCALE(Vec&lt;Vec&lt;u8&gt;&gt;)</c>. The bytes are not copied: they must not change afterwards.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="stateRoot">The state root.</param>
    /// <param name="state">The state, as far as the proof reveals it.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TryOpen(ReadOnlyMemory<byte> proof, in Hash256 stateRoot, [NotNullWhen(true)] out ProvenState? state, out ProofError error)
    {
        // Other implementations' proofs hold more than they need.
        state = TrieProof.TryOpen(proof, stateRoot, ProofPolicy.Tolerant, out TrieProof? opened, out error) ? new ProvenState(opened) : null;
        return state is not null;
    }

    /// <summary>Opens a proof whose nodes came one by one, as over JSON-RPC.</summary>
    /// <inheritdoc cref="TryOpen(ReadOnlyMemory{byte}, in Hash256, out ProvenState?, out ProofError)"/>
    /// <param name="nodes">The nodes, in any order.</param>
    /// <param name="stateRoot"/><param name="state"/><param name="error"/>
    public static bool TryOpen(Vec<Vec<byte>> nodes, in Hash256 stateRoot, [NotNullWhen(true)] out ProvenState? state, out ProofError error)
    {
        byte[][] arrays = new byte[nodes.Length][];
        for (int at = 0; at < arrays.Length; at++) arrays[at] = nodes[at].ToArray();
        return TryOpen(ReadProofBuilder.Encode(arrays), stateRoot, out state, out error);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="item">The item.</param>
    /// <param name="value">The value, where it is <see cref="ProvenLookup.Present"/>.</param>
    public ProvenLookup TryRead<TCodec, T>(StorageValue<TCodec, T> item, [MaybeNull] out T value)
        where TCodec : IScaleCodec<T> => Read<TCodec, T>(item.Prefix, out value);

    /// <summary>Reads a value of a map.</summary>
    /// <param name="item">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, where it is <see cref="ProvenLookup.Present"/>.</param>
    public ProvenLookup TryRead<TKeyCodec, TKey, TCodec, T>(StorageMap<TKeyCodec, TKey, TCodec, T> item, in TKey key, [MaybeNull] out T value)
        where TKeyCodec : IScaleCodec<TKey>
        where TCodec : IScaleCodec<T> => Read<TCodec, T>(item.Key(key), out value);

    /// <summary>Reads bytes by their storage key.</summary>
    /// <returns><see cref="ProvenLookup.Present"/>, <see cref="ProvenLookup.Absent"/> or <see cref="ProvenLookup.Missing"/>.</returns>
    public ProvenLookup TryReadBytes(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => _proof.TryGet(key, out value) switch
    {
        ProofLookup.Present => ProvenLookup.Present,
        ProofLookup.Absent => ProvenLookup.Absent,
        _ => ProvenLookup.Missing,
    };

    private ProvenLookup Read<TCodec, T>(ReadOnlySpan<byte> key, out T? value)
        where TCodec : IScaleCodec<T>
    {
        value = default;
        ProvenLookup lookup = TryReadBytes(key, out ReadOnlySpan<byte> bytes);
        if (lookup != ProvenLookup.Present) return lookup;
        return Scale.Decode<TCodec, T>(bytes).TryGet(out value) ? ProvenLookup.Present : ProvenLookup.Malformed;
    }
}
