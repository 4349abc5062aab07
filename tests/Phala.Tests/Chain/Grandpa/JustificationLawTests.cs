using FsCheck;
using FsCheck.Fluent;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Chain.Grandpa;

/// <summary>Random trees, voters and votes: the verifier and the rule as it is written agree.</summary>
public sealed class JustificationLawTests(ITestOutputHelper output)
{
    private const ulong Round = 2, SetId = 9;

    [Fact]
    public void TheVerifierAcceptsWhatTheRuleAccepts()
    {
        Dictionary<JustificationError, int> verdicts = [];
        int forked = 0, doubled = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            for (int round = 0; round < 30; round++)
            {
                AuthoritySet set = AuthoritySet.Create(SetId, [.. Enumerable.Range(0, random.Next(1, 7)).Select(letter => TestVoter.Authority(letter, (ulong)random.Next(1, 4)))]);
                Justification justification = Make(random, set.Count);
                JustificationError verdict = justification.Verify(set);
                Assert.Equal(NaiveJustification.Accepts(justification, set.Authorities, set.Id), verdict == JustificationError.None);
                verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
                if (verdict != JustificationError.None) continue;
                SignedPrecommit[] votes = justification.Commit.Precommits.ToArray();
                if (votes.Any(vote => vote.Precommit.TargetHash != justification.Commit.TargetHash)) forked++;
                if (votes.GroupBy(vote => vote.Id).Any(group => group.Distinct().Count() > 1)) doubled++;
            }
        }).QuickCheckThrowOnFailure();
        output.WriteLine($"{string.Join(", ", verdicts)}; of the accepted {forked} with votes beside the target, {doubled} with equivocations");
        Assert.True(verdicts.Count >= 7 && verdicts[JustificationError.None] > 100 && forked > 50 && doubled > 20);
    }

    /// <summary>A small tree; each voter votes for one or two blocks of it; the target is mostly the ghost that the votes make; headers are mostly those that are needed.</summary>
    private static Justification Make(Random random, int voters)
    {
        List<Header> blocks = [TestBlocks.Child(default, 10, 0)];
        int size = random.Next(2, 7);
        for (int mark = 1; mark < size; mark++)
        {
            Header parent = random.Next(3) == 0 ? blocks[random.Next(blocks.Count)] : blocks[^1];
            blocks.Add(TestBlocks.Child(parent.Hash(), parent.Number + 1, (byte)mark));
        }

        List<SignedPrecommit> votes = [];
        int favourite = random.Next(blocks.Count);
        for (int voter = 0; voter < voters; voter++)
        {
            int count = random.Next(8) switch { 0 => 0, < 6 => 1, _ => random.Next(2, 4) };
            for (int each = 0; each < count; each++)
            {
                Header target = blocks[random.Next(3) == 0 ? random.Next(blocks.Count) : favourite];
                votes.Insert(random.Next(votes.Count + 1), TestVoter.Named(voter).Vote(BlockId.Of(target), Round, SetId, isFalse: random.Next(60) == 0));
            }
        }

        if (random.Next(6) == 0) votes.Add(TestVoter.Named(100).Vote(BlockId.Of(blocks[random.Next(blocks.Count)]), Round, SetId));
        Header final = blocks[random.Next(4) == 0 ? random.Next(blocks.Count) : favourite];
        return new Justification(Round, new Commit(final.Hash(), final.Number, [.. votes]), [.. Needed(blocks, votes, random)]);
    }

    private static List<Header> Needed(List<Header> blocks, List<SignedPrecommit> votes, Random random)
    {
        Dictionary<Hash256, Header> known = blocks.ToDictionary(header => header.Hash());
        uint low = votes.Count == 0 ? 0 : votes.Min(vote => vote.Precommit.TargetNumber);
        HashSet<Hash256> needed = [];
        foreach (SignedPrecommit vote in votes)
        {
            for (Hash256 at = vote.Precommit.TargetHash; known.TryGetValue(at, out Header header) && header.Number > low; at = header.ParentHash) needed.Add(at);
        }

        List<Header> headers = [.. needed.Select(hash => known[hash])];
        if (random.Next(12) == 0 && headers.Count > 0) headers.RemoveAt(random.Next(headers.Count));
        if (random.Next(12) == 0) headers.Add(blocks[random.Next(blocks.Count)]);
        return headers;
    }
}
