using System.Diagnostics.CodeAnalysis;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Trie;

namespace Phala.Node.Consensus;

/// <summary>Writes a <see cref="WarpSyncProof"/> of headers and justifications as they are stored, without decoding them.</summary>
internal sealed class FinalityFragments
{
    private readonly List<byte[]> _fragments = [];

    /// <summary>How many there are.</summary>
    public int Count => _fragments.Count;

    /// <summary>How many bytes they have.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a final block's header with its justification.</summary>
    /// <returns>False where the block is not justified.</returns>
    public bool TryAdd(ChainStore store, uint number)
    {
        if (!TryGet(store, number, out byte[]? fragment)) return false;
        _fragments.Add(fragment);
        Bytes += fragment.Length;
        return true;
    }

    /// <summary>A final block's header with its justification.</summary>
    public static bool TryGet(ChainStore store, uint number, [NotNullWhen(true)] out byte[]? fragment)
    {
        fragment = null;
        if (!store.TryGetHash(number, out Hash256 hash) || !store.TryGetJustification(hash, out byte[]? justification) || !store.TryGetHeader(hash, out byte[]? header)) return false;
        fragment = [.. header, .. justification];
        return true;
    }

    /// <summary>The proof.</summary>
    /// <param name="isFinished">Whether the last fragment is the latest that there is.</param>
    public byte[] Encode(bool isFinished)
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        try
        {
            writer.WriteLength(_fragments.Count);
            foreach (byte[] fragment in _fragments) writer.WriteSpan(fragment);
            writer.WriteBool(isFinished);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
