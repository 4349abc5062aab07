using Phala.Trie;

namespace Phala.Chain.Grandpa;

/// <summary>
/// The headers of a justification as a tree above a base block. Nodes are numbered: 0 is the base, node i + 1 the header with the i-th hash in order. Nodes that
/// a walk has met know their distance from the base; each is met once, however many walks lead through it.
/// </summary>
internal sealed class VoteAncestry
{
    /// <summary>The node of the base block.</summary>
    internal const int Base = 0;

    private const int Unknown = -1;

    private readonly Hash256 _base;
    private readonly Hash256[] _hashes;
    private readonly Hash256[] _parents;
    private readonly int[] _distances;

    /// <summary>Hashes the headers. One that is there twice is one.</summary>
    internal VoteAncestry(ReadOnlySpan<Header> headers, in Hash256 baseHash)
    {
        (Hash256[] hashes, Hash256[] parents) = (new Hash256[headers.Length], new Hash256[headers.Length]);
        for (int index = 0; index < headers.Length; index++) (hashes[index], parents[index]) = (headers[index].Hash(), headers[index].ParentHash);
        Array.Sort(hashes, parents);

        int count = 0;
        for (int index = 0; index < hashes.Length; index++)
        {
            if (count == 0 || hashes[index] != hashes[count - 1]) (hashes[count], parents[count++]) = (hashes[index], parents[index]);
        }

        Array.Resize(ref hashes, count);
        Array.Resize(ref parents, count);
        (_base, _hashes, _parents, _distances) = (baseHash, hashes, parents, new int[count + 1]);
    }

    private VoteAncestry(VoteAncestry other, in Hash256 baseHash) =>
        (_base, _hashes, _parents, _distances) = (baseHash, other._hashes, other._parents, new int[other._distances.Length]);

    /// <summary>How many nodes there are, the base included.</summary>
    internal int Count => _distances.Length;

    /// <summary>Whether walks have met every header.</summary>
    internal bool IsAllMet => !_distances.AsSpan(1).Contains(0);

    /// <summary>The same headers above another base, with no node met.</summary>
    internal VoteAncestry Above(in Hash256 baseHash) => baseHash == _base ? this : new VoteAncestry(this, baseHash);

    /// <summary>Walks from a block down to the base.</summary>
    /// <returns>False where the headers do not lead there.</returns>
    internal bool TryWalk(in Hash256 target, out int node)
    {
        node = NodeOf(target);
        int steps = 0, at = node;
        for (; at > Base && _distances[at] == 0; at = ParentOf(at))
        {
            // Only a collision of hashes could close a circle.
            if (++steps > _hashes.Length) return false;
        }

        if (at < Base) return false;
        int distance = _distances[at] + steps;
        for (at = node; steps > 0; steps--, distance--, at = ParentOf(at)) _distances[at] = distance;
        return true;
    }

    /// <summary>The node before one that a walk has met.</summary>
    internal int ParentOf(int node) => NodeOf(_parents[node - 1]);

    /// <summary>The block of a node.</summary>
    internal ref readonly Hash256 HashOf(int node) => ref node == Base ? ref _base : ref _hashes[node - 1];

    /// <summary>A met node's distance from the base; 0 for the base and for nodes that no walk has met.</summary>
    internal int DistanceOf(int node) => _distances[node];

    private int NodeOf(in Hash256 hash)
    {
        if (hash == _base) return Base;
        int index = Array.BinarySearch(_hashes, hash);
        return index < 0 ? Unknown : index + 1;
    }
}
