using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Light;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>Two histories: the client stops, and anyone can check why.</summary>
public sealed class EvidenceTests
{
    public static TheoryData<string> Evidences => new(EvidenceScenarios.All.Select(scenario => scenario.Name));

    public static TheoryData<string> Conflicts => new(ConflictScenarios.All.Select(scenario => scenario.Name));

    [Theory]
    [MemberData(nameof(Evidences))]
    public void EvidenceIsWhatItShows(string name)
    {
        EvidenceScenario scenario = EvidenceScenarios.All.Single(each => each.Name == name);
        Assert.Equal(scenario.Expected, Evidence.Verify(scenario.Encoded, FollowScenarios.Chain.Genesis, scenario.Trusted, out EvidenceKind kind));
        if (scenario.Expected == EvidenceError.None) Assert.Equal(scenario.Kind, kind);
    }

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void AReportedBlockStopsTheClientOnlyWhereItConflicts(string name)
    {
        ConflictScenario scenario = ConflictScenarios.All.Single(each => each.Name == name);
        ChainFollower follower = scenario.Restore();
        LightClientState before = follower.State;
        Assert.Equal(scenario.Expected, follower.TryReportConflict(scenario.Claim, scenario.HeadProof));
        if (scenario.Expected != ConflictError.None)
        {
            Assert.Equal(before, follower.State);
            return;
        }

        Assert.Equal(EvidenceError.None, Evidence.Verify(Scale.Encode(follower.Evidence!), scenario.Genesis, follower.Head.FinalizedBy, out _));
        Assert.Equal(before, follower.State with { Stopped = null });
    }

    [Fact]
    public void EveryErrorIsCaused()
    {
        Assert.Equal(Enum.GetValues<EvidenceError>().Order(), EvidenceScenarios.All.Select(scenario => scenario.Expected).Distinct().Order());
        Assert.Equal(Enum.GetValues<ConflictError>().Order(), ConflictScenarios.All.Select(scenario => scenario.Expected).Distinct().Order());
        Assert.Equal(Enum.GetValues<EvidenceKind>().Order(), EvidenceScenarios.All.Where(scenario => scenario.Expected == EvidenceError.None).Select(scenario => scenario.Kind).Distinct().Order());
    }

    [Fact]
    public void AContradictionStopsTheClientForEverAndItsEvidenceCanBeChecked()
    {
        FollowScenario[] contradictions = [.. FollowScenarios.Bad.Where(scenario => scenario.Expected is FollowError.ContradictsHistory or FollowError.ContradictsQueue)];
        Assert.True(contradictions.Length >= 4);
        foreach (FollowScenario scenario in contradictions)
        {
            ChainFollower follower = scenario.Restore();
            Assert.Equal(scenario.Expected, follower.Advance(scenario.Request, out _).Error);
            Assert.Equal(EvidenceError.None, Evidence.Verify(Scale.Encode(follower.Evidence!), scenario.Genesis, follower.Head.FinalizedBy, out EvidenceKind kind));
            Assert.Equal(scenario.Expected == FollowError.ContradictsQueue, kind == EvidenceKind.Queue);
            Assert.Equal(RestoreError.None, ChainFollower.TryRestore(scenario.Genesis, follower.Save(), out ChainFollower? restored));
            int at = (int)follower.Head.Block.Number;
            Assert.Equal(FollowError.Stopped, restored!.Advance(FollowScenarios.Chain.Jump(at, at + 1), out _).Error);
        }
    }

    /// <summary>Keys of sets that are in office no more may be anybody's: whatever they sign, it changes nothing and stops nobody.</summary>
    [Fact]
    public void RetiredKeysFinalizeNothing()
    {
        QueueChain chain = FollowScenarios.Chain;
        int first = (int)chain.Blocks.First(block => block.Changes).Header.Number, tried = 0;
        ChainFollower follower = FollowScenarios.Follower(30);
        byte[] before = follower.Save();
        ulong set = follower.Head.Set.Id;
        for (int seed = 0; seed < 100; seed++)
        {
            // The forger has all keys of the first set, which never leaves office on his chain.
            QueueChain forged = chain.Fork(seed % first, mark: 20 + seed);
            while (forged.Height < 60) forged.Append([RandomQueueChain.NextMessage(new Random(seed))]);
            for (int to = 31; to < forged.Height; to += 5)
            {
                QueueBlock block = forged.Blocks[to];
                AdvanceProof.Jump jump = forged.Jump(30, to);
                AdvanceProof.Jump[] attempts =
                [
                    jump,
                    jump with { Target = new WarpSyncFragment(block.Header, QueueVoter.Justify(block.Id, 0, setId: set)) },
                    jump with { Changes = [.. chain.Jump(30, chain.Height).Changes] },
                    jump with { Changes = [.. chain.Jump(0, 30).Changes] },
                ];
                foreach (AdvanceProof.Jump attempt in attempts)
                {
                    FollowError error = follower.Advance(attempt, out _).Error;
                    Assert.True(error is FollowError.NotJustified or FollowError.NotAscending, $"{error}");
                    tried++;
                }
            }

            for (int at = first; at <= 30; at += 3) Assert.Equal(ConflictError.UnknownSet, follower.TryReportConflict(forged.Claim(at), chain.ReadProof(30)));
        }

        Assert.True(tried > 2000);
        Assert.Equal(before, follower.Save());
    }
}
