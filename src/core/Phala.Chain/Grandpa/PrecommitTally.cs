namespace Phala.Chain.Grandpa;

/// <summary>
/// Counts precommits. A voter's first vote counts for its target and all blocks below it; a voter who has voted for two things counts for every block, and for none of
/// them twice. The block that the votes finalize — the ghost — is the highest one whose weight reaches the threshold.
/// </summary>
/// <remarks>
/// All blocks whose weight reaches the threshold lie on one line, unless voters of more than a third of the weight have voted for two things. Then several may be highest,
/// and the one that was voted for first is taken.
/// </remarks>
internal sealed class PrecommitTally
{
    private const int None = -1;

    private readonly AuthoritySet _set;
    private readonly VoteAncestry _ancestry;
    private readonly uint _baseNumber;
    private readonly SignedPrecommit[] _first;
    private readonly int[] _firstNode;
    private readonly bool[] _equivocated;

    // Of each node: the weight of the votes for it; the earliest vote for it, and for it or a block above it.
    private readonly ulong[] _weights;
    private readonly int[] _earliest;
    private readonly int[] _earliestAbove;
    private readonly uint[] _numbers;
    private int _votes;

    internal PrecommitTally(AuthoritySet set, VoteAncestry ancestry, uint baseNumber)
    {
        (_set, _ancestry, _baseNumber) = (set, ancestry, baseNumber);
        (_first, _firstNode, _equivocated) = (new SignedPrecommit[set.Count], new int[set.Count], new bool[set.Count]);
        _firstNode.AsSpan().Fill(None);
        (_weights, _numbers) = (new ulong[ancestry.Count], new uint[ancestry.Count]);
        (_earliest, _earliestAbove) = (new int[ancestry.Count], new int[ancestry.Count]);
        _earliest.AsSpan().Fill(int.MaxValue);
    }

    /// <summary>The weight of all voters who have voted.</summary>
    internal ulong VotedWeight { get; private set; }

    /// <summary>The weight of those who have voted for two things.</summary>
    private ulong _equivocatedWeight;

    /// <summary>Counts one vote.</summary>
    /// <param name="voter">The voter's place in the set.</param>
    /// <param name="vote">The vote.</param>
    /// <param name="node">The target's node.</param>
    internal void Add(int voter, in SignedPrecommit vote, int node)
    {
        if (_firstNode[voter] == None)
        {
            (_first[voter], _firstNode[voter]) = (vote, node);
            VotedWeight += _set.WeightAt(voter);
            if (_earliest[node] == int.MaxValue) (_earliest[node], _numbers[node]) = (_votes, vote.Precommit.TargetNumber);
            _votes++;
        }
        else if (!_equivocated[voter] && _first[voter] != vote)
        {
            _equivocated[voter] = true;
            _equivocatedWeight += _set.WeightAt(voter);
        }
    }

    /// <summary>The block that the votes finalize. Only where <see cref="VotedWeight"/> reaches the threshold: then at least the base is one.</summary>
    internal BlockId Ghost()
    {
        int[] topDown = Accumulate();
        int ghost = VoteAncestry.Base;
        foreach (int node in topDown)
        {
            bool isHeavy = _earliestAbove[node] != int.MaxValue && _weights[node] + _equivocatedWeight >= _set.Threshold;
            if (!isHeavy) continue;
            int higher = _ancestry.DistanceOf(node).CompareTo(_ancestry.DistanceOf(ghost));
            if (higher > 0 || (higher == 0 && _earliestAbove[node] < _earliestAbove[ghost])) ghost = node;
        }

        return new BlockId(_ancestry.HashOf(ghost), NumberOf(ghost));
    }

    /// <summary>Carries the votes down to the base. Returns the nodes, the most distant first.</summary>
    private int[] Accumulate()
    {
        for (int voter = 0; voter < _first.Length; voter++)
        {
            if (_firstNode[voter] != None && !_equivocated[voter]) _weights[_firstNode[voter]] += _set.WeightAt(voter);
        }

        int[] nodes = new int[_ancestry.Count], order = new int[nodes.Length];
        for (int node = 0; node < nodes.Length; node++) (nodes[node], order[node]) = (node, -_ancestry.DistanceOf(node));
        Array.Sort(order, nodes);

        _earliest.CopyTo(_earliestAbove, 0);
        foreach (int node in nodes)
        {
            if (_ancestry.DistanceOf(node) == 0) continue;
            int parent = _ancestry.ParentOf(node);
            _weights[parent] += _weights[node];
            _earliestAbove[parent] = Math.Min(_earliestAbove[parent], _earliestAbove[node]);
        }

        return nodes;
    }

    // Votes name their target's number; a block without votes is counted from the next one below that has some, or from the base.
    private uint NumberOf(int node)
    {
        int steps = 0;
        for (; node != VoteAncestry.Base; steps++, node = _ancestry.ParentOf(node))
        {
            if (_earliest[node] != int.MaxValue) return unchecked(_numbers[node] + (uint)steps);
        }

        return unchecked(_baseNumber + (uint)steps);
    }
}
