using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Trie;

namespace Phala.Tests.Chain.Grandpa;

/// <summary>The rule of acceptance step by step, with a walk for every question and no regard to time.</summary>
internal static class NaiveJustification
{
    public static bool Accepts(Justification justification, Vec<GrandpaAuthority> authorities, ulong setId)
    {
        Dictionary<GrandpaAuthorityId, UInt128> weights = [];
        foreach (GrandpaAuthority authority in authorities)
        {
            if (authority.Weight > 0) weights[authority.Id] = weights.GetValueOrDefault(authority.Id) + authority.Weight;
        }

        UInt128 total = weights.Values.Aggregate(UInt128.Zero, (sum, weight) => sum + weight);
        if (total == 0 || total > ulong.MaxValue) return false;
        UInt128 threshold = total - ((total - 1) / 3);

        Dictionary<Hash256, Hash256> parents = [];
        foreach (Header header in justification.VotesAncestries) parents[header.Hash()] = header.ParentHash;
        SignedPrecommit[] all = justification.Commit.Precommits.ToArray();
        SignedPrecommit[] known = [.. all.Where(vote => weights.ContainsKey(vote.Id))];
        return known.Length > 0 && Counts(justification.Commit, known, weights, threshold, parents)
            && AreSigned(all, justification.Round, setId) && IsExact(all, parents);
    }

    private static bool Counts(Commit commit, SignedPrecommit[] known, Dictionary<GrandpaAuthorityId, UInt128> weights, UInt128 threshold, Dictionary<Hash256, Hash256> parents)
    {
        Precommit low = known.Select(vote => vote.Precommit).MinBy(precommit => precommit.TargetNumber);
        if (known.Any(vote => Route(vote.Precommit.TargetHash, low.TargetHash, parents) is null)) return false;

        Dictionary<GrandpaAuthorityId, SignedPrecommit> first = [];
        HashSet<GrandpaAuthorityId> twice = [];
        foreach (SignedPrecommit vote in known)
        {
            if (first.TryAdd(vote.Id, vote)) continue;
            if (first[vote.Id] != vote) twice.Add(vote.Id);
        }

        if (first.Keys.Aggregate(UInt128.Zero, (sum, id) => sum + weights[id]) < threshold) return false;
        List<Hash256> blocks = [low.TargetHash, .. first.Values.SelectMany(vote => Route(vote.Precommit.TargetHash, low.TargetHash, parents)!).Distinct()];
        Hash256 ghost = blocks.Where(block => Weight(block) >= threshold).MaxBy(Height);
        uint number = first.Values.Where(vote => vote.Precommit.TargetHash == ghost).Select(vote => vote.Precommit.TargetNumber).FirstOrDefault((uint)(low.TargetNumber + Height(ghost)));
        if (ghost == low.TargetHash) number = low.TargetNumber;
        return ghost == commit.TargetHash && number == commit.TargetNumber;

        int Height(Hash256 block) => Route(block, low.TargetHash, parents)!.Count;
        UInt128 Weight(Hash256 block) => first.Values
            .Where(vote => twice.Contains(vote.Id) || block == low.TargetHash || Route(vote.Precommit.TargetHash, low.TargetHash, parents)!.Contains(block))
            .Aggregate(UInt128.Zero, (sum, vote) => sum + weights[vote.Id]);
    }

    private static bool AreSigned(SignedPrecommit[] all, ulong round, ulong setId) => all.All(vote =>
    {
        byte[] message = [1, .. vote.Precommit.TargetHash.ToArray(), .. BitConverter.GetBytes(vote.Precommit.TargetNumber), .. BitConverter.GetBytes(round), .. BitConverter.GetBytes(setId)];
        return Ed25519.Verify(vote.Id.AsSpan(), message, vote.Signature.AsSpan()) == SignatureVerdict.Valid;
    });

    private static bool IsExact(SignedPrecommit[] all, Dictionary<Hash256, Hash256> parents)
    {
        Precommit low = all.Select(vote => vote.Precommit).MinBy(precommit => precommit.TargetNumber);
        HashSet<Hash256> visited = [];
        foreach (SignedPrecommit vote in all)
        {
            if (Route(vote.Precommit.TargetHash, low.TargetHash, parents) is not { } route) return false;
            visited.UnionWith(route);
        }

        return visited.SetEquals(parents.Keys);
    }

    /// <summary>The blocks from one down to another, the last left out; null where the headers do not lead there.</summary>
    private static List<Hash256>? Route(Hash256 from, Hash256 to, Dictionary<Hash256, Hash256> parents)
    {
        List<Hash256> route = [];
        for (Hash256 at = from; at != to; at = parents[at])
        {
            if (!parents.ContainsKey(at)) return null;
            route.Add(at);
        }

        return route;
    }
}
