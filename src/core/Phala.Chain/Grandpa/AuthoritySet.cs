using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>Who may finalize blocks, from the block after the one that announced them to the one that announces their successors.</summary>
/// <remarks>
/// Invariant: at least one voter; every voter has a weight above 0, which is the sum of its entries; the total fits 64 bits. More than two thirds of the total,
/// <see cref="Threshold"/>, finalize. Trust: a set is as good as where it came from: a proof under the genesis, or the justified header of the set before.
/// </remarks>
public sealed class AuthoritySet
{
    // In ascending order, each once.
    private readonly GrandpaAuthorityId[] _ids;
    private readonly ulong[] _weights;

    private AuthoritySet(ulong id, Vec<GrandpaAuthority> authorities, GrandpaAuthorityId[] ids, ulong[] weights, ulong totalWeight)
    {
        (Id, Authorities, TotalWeight) = (id, authorities, totalWeight);
        (_ids, _weights) = (ids, weights);
    }

    /// <summary>The set's number: the genesis has 0, and each change adds 1.</summary>
    public ulong Id { get; }

    /// <summary>The list as the chain has it.</summary>
    public Vec<GrandpaAuthority> Authorities { get; }

    /// <summary>How many voters there are.</summary>
    public int Count => _ids.Length;

    /// <summary>The sum of all weights.</summary>
    public ulong TotalWeight { get; }

    /// <summary>The weight that finalizes: the total less the largest weight, below a third of it, that may be faulty.</summary>
    public ulong Threshold => TotalWeight - ((TotalWeight - 1) / 3);

    /// <summary>Makes a set. Entries of weight 0 do not vote; the weights of a repeated key add up.</summary>
    /// <param name="id">The set's number.</param>
    /// <param name="authorities">The list.</param>
    /// <param name="set">The set.</param>
    /// <returns><see cref="AuthoritySetError.None"/>, or why there is no set. Any list gives an answer.</returns>
    public static AuthoritySetError TryCreate(ulong id, Vec<GrandpaAuthority> authorities, out AuthoritySet? set)
    {
        set = null;
        GrandpaAuthority[] sorted = authorities.ToArray();
        Array.Sort(sorted, static (left, right) => left.Id.CompareTo(right.Id));
        GrandpaAuthorityId[] ids = new GrandpaAuthorityId[sorted.Length];
        ulong[] weights = new ulong[sorted.Length];
        int count = 0;
        ulong total = 0;
        foreach (GrandpaAuthority authority in sorted)
        {
            if (authority.Weight == 0) continue;
            if (authority.Weight > ulong.MaxValue - total) return AuthoritySetError.WeightOverflow;
            total += authority.Weight;
            if (count == 0 || ids[count - 1] != authority.Id) ids[count++] = authority.Id;
            weights[count - 1] += authority.Weight;
        }

        if (count == 0) return AuthoritySetError.NoVoters;
        Array.Resize(ref ids, count);
        Array.Resize(ref weights, count);
        set = new AuthoritySet(id, authorities, ids, weights, total);
        return AuthoritySetError.None;
    }

    /// <summary>Makes a set of a list that is known to be good, such as that of a genesis under construction.</summary>
    /// <exception cref="ArgumentException">The list makes no set.</exception>
    public static AuthoritySet Create(ulong id, Vec<GrandpaAuthority> authorities)
    {
        AuthoritySetError error = TryCreate(id, authorities, out AuthoritySet? set);
        return set ?? throw new ArgumentException($"No set of voters: {error}.", nameof(authorities));
    }

    /// <summary>The place of a voter, or a negative number for a key that may not vote.</summary>
    public int IndexOf(in GrandpaAuthorityId id) => Array.BinarySearch(_ids, id);

    /// <summary>The weight of the voter at a place.</summary>
    public ulong WeightAt(int index) => _weights[index];

    /// <inheritdoc/>
    public override string ToString() => $"set {Id}: {Count} voters, {Threshold} of {TotalWeight}";
}
