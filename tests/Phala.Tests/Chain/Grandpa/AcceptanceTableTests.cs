using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Xunit;

namespace Phala.Tests.Chain.Grandpa;

/// <summary>
/// The 25 shapes on which every verifier must agree. Unless it says otherwise: voters A, B, C, D of weight 1, so three finalize; X is no voter; 1 ← 2 ← 3, 2' beside 2.
/// A vote is a voter's letter and a block; "!" makes its signature false.
/// </summary>
public sealed class AcceptanceTableTests
{
    private const ulong Round = 7, SetId = 3;

    [Theory]
    [InlineData(1, "A3 B3 C3", "3", "", JustificationError.None)]
    [InlineData(2, "A3 B3 C3 D3", "3", "", JustificationError.None)]
    [InlineData(3, "A3 B3", "3", "", JustificationError.NotEnoughWeight)]
    [InlineData(4, "A3 B3 C3 X3", "3", "", JustificationError.None)]
    [InlineData(5, "A3 B3 C3 X3!", "3", "", JustificationError.BadSignature)]
    [InlineData(6, "A3 B3 C3 XU", "3", "", JustificationError.UnconnectedVote)]
    [InlineData(7, "A3 B3 C3 B3", "3", "", JustificationError.None)]
    [InlineData(8, "A2 B2 C3", "2", "3", JustificationError.None)]
    [InlineData(9, "A2 B2 C3", "2", "", JustificationError.UnconnectedVote)]
    [InlineData(10, "A2 B2 C3", "2", "3 2", JustificationError.UnusedHeader)]
    [InlineData(11, "A3 B3 C3", "2", "", JustificationError.WrongGhost)]
    [InlineData(12, "A3 B3 C3", "2", "3", JustificationError.WrongGhost)]
    [InlineData(13, "A1 B3 C3 D3", "3", "2 3", JustificationError.None)]
    [InlineData(14, "A1 B3 C3 D3", "1", "2 3", JustificationError.WrongGhost)]
    [InlineData(15, "A2 B2' C1 D1", "1", "2 2'", JustificationError.None)]
    [InlineData(16, "A3 B3 C3 C2", "3", "3", JustificationError.None)]
    [InlineData(17, "A3 B3 B2 C3 C2", "3", "3", JustificationError.None)]
    [InlineData(18, "A3 A2 B3 B2", "3", "3", JustificationError.NotEnoughWeight)]
    [InlineData(19, "A3 B3 C3 C2 C1", "3", "2 3", JustificationError.None)]
    [InlineData(21, "", "3", "", JustificationError.NoKnownVoter)]
    public void TheShapeHasItsVerdict(int number, string votes, string target, string ancestries, JustificationError verdict)
    {
        Assert.InRange(number, 1, 25);
        AssertVerdict(verdict, Make(votes, target, ancestries), FourVoters());
    }

    [Fact]
    public void Shape20VotesOfAnotherSetOrRoundAreNotSigned()
    {
        Justification good = Make("A3 B3 C3", "3", "");
        AssertVerdict(JustificationError.BadSignature, good, AuthoritySet.Create(SetId + 1, FourVoters().Authorities));
        AssertVerdict(JustificationError.BadSignature, good with { Round = Round + 1 }, FourVoters());
    }

    [Fact]
    public void Shape22ARepeatedVoterHasItsWeightsAddedAndOneOfNoWeightHasNone()
    {
        AuthoritySet set = AuthoritySet.Create(SetId, [TestVoter.Authority('A'), TestVoter.Authority('A'), TestVoter.Authority('B'), TestVoter.Authority('C', 0)]);
        Assert.Equal((3ul, 3ul, 2), (set.TotalWeight, set.Threshold, set.Count));
        AssertVerdict(JustificationError.None, Make("A3 B3", "3", ""), set);
        AssertVerdict(JustificationError.NotEnoughWeight, Make("A3 C3", "3", ""), set);
    }

    [Fact]
    public void Shape23WeightsBeyond64BitsMakeNoSet()
    {
        Assert.Equal(AuthoritySetError.WeightOverflow, AuthoritySet.TryCreate(0, [TestVoter.Authority('A', ulong.MaxValue), TestVoter.Authority('B')], out AuthoritySet? set));
        Assert.Null(set);
        Assert.Equal(AuthoritySetError.NoVoters, AuthoritySet.TryCreate(0, [TestVoter.Authority('A', 0)], out _));
        Assert.Equal(AuthoritySetError.NoVoters, AuthoritySet.TryCreate(0, [], out _));
        Assert.Equal(AuthoritySetError.None, AuthoritySet.TryCreate(0, [TestVoter.Authority('A', ulong.MaxValue)], out _));
    }

    [Fact]
    public void Shape24ATrailingByteIsNoJustification()
    {
        byte[] encoded = Scale.Encode(Make("A3 B3 C3", "3", ""));
        Assert.Equal(JustificationError.None, Justification.Verify(encoded, FourVoters(), TestBlocks.Id("3"), out _));
        Assert.Equal(JustificationError.BadEncoding, Justification.Verify([.. encoded, 0], FourVoters(), TestBlocks.Id("3"), out _));
        Assert.Equal(JustificationError.BadEncoding, Justification.Verify(encoded.AsSpan()[..^1], FourVoters(), TestBlocks.Id("3"), out _));
    }

    [Fact]
    public void Shape25OneVoterAloneFinalizes()
    {
        AuthoritySet set = AuthoritySet.Create(SetId, [TestVoter.Authority('A')]);
        Assert.Equal(1ul, set.Threshold);
        AssertVerdict(JustificationError.None, Make("A3", "3", ""), set);
    }

    [Fact]
    public void AnotherBlockThanTheExpectedOneIsNotFinalized()
    {
        Justification good = Make("A3 B3 C3", "3", "");
        Assert.Equal(JustificationError.None, good.Verify(FourVoters(), TestBlocks.Id("3")));
        Assert.Equal(JustificationError.WrongTarget, good.Verify(FourVoters(), TestBlocks.Id("2")));
        Assert.Equal(JustificationError.WrongTarget, good.Verify(FourVoters(), TestBlocks.Id("3") with { Number = 4 }));
    }

    [Fact]
    public void ARepeatedHeaderIsHarmless() => AssertVerdict(JustificationError.None, Make("A2 B2 C3", "2", "3 3"), FourVoters());

    [Fact]
    public void AStrangersVoteMayNeedHeadersBelowTheVotersOwn()
    {
        AssertVerdict(JustificationError.UnconnectedVote, Make("A3 B3 C3 X1", "3", ""), FourVoters());
        AssertVerdict(JustificationError.None, Make("A3 B3 C3 X1", "3", "3 2"), FourVoters());
        AssertVerdict(JustificationError.UnusedHeader, Make("A3 B3 C3 X1", "3", "3 2 2'"), FourVoters());
    }

    [Fact]
    public void TheSameTargetWithAnotherSignatureIsAnEquivocation()
    {
        // B's second vote for 2 is false, so the justification fails at last; but only after B has counted at 3, where A and C alone do not reach three.
        AssertVerdict(JustificationError.BadSignature, Make("A3 C3 B2 B2!", "3", "3"), FourVoters());
        AssertVerdict(JustificationError.WrongGhost, Make("A3 C3 B2 B2", "3", "3"), FourVoters());
    }

    [Fact]
    public void AFalseSignatureAmongManyIsFound()
    {
        string many = string.Join(' ', Enumerable.Repeat("A3", 300));
        AssertVerdict(JustificationError.None, Make($"A3 B3 C3 X3 {many}", "3", ""), FourVoters());
        AssertVerdict(JustificationError.BadSignature, Make($"A3 B3 C3 X3! {many}", "3", ""), FourVoters());
        AssertVerdict(JustificationError.BadSignature, Make($"A3 B3 C3 {many} X3!", "3", ""), FourVoters());
        AssertVerdict(JustificationError.BadSignature, Make($"A3 B3 C3 {many} X3! {many}", "3", ""), FourVoters());
    }

    [Fact]
    public void StrangersAloneAreNoVoters() => AssertVerdict(JustificationError.NoKnownVoter, Make("X3", "3", ""), FourVoters());

    [Fact]
    public void AMergePointAboveAVoteIsCountedFromIt()
    {
        Header zero = TestBlocks.Child(default, 10, 0), one = TestBlocks.Child(zero.Hash(), 11, 1), two = TestBlocks.Child(one.Hash(), 12, 2);
        Header left = TestBlocks.Child(two.Hash(), 13, 3), right = TestBlocks.Child(two.Hash(), 13, 4);
        AuthoritySet set = AuthoritySet.Create(SetId, [TestVoter.Authority('A'), TestVoter.Authority('B'), TestVoter.Authority('C', 4), TestVoter.Authority('D', 4)]);
        SignedPrecommit[] votes = [.. (((char Voter, Header Target)[])[('A', zero), ('B', one), ('C', left), ('D', right)])
            .Select(vote => TestVoter.Named(vote.Voter).Vote(BlockId.Of(vote.Target), Round, SetId))];
        AssertVerdict(JustificationError.None, new Justification(Round, new Commit(two.Hash(), 12, [.. votes]), [one, two, left, right]), set);
        AssertVerdict(JustificationError.WrongGhost, new Justification(Round, new Commit(two.Hash(), 11, [.. votes]), [one, two, left, right]), set);
    }

    [Fact]
    public void ThePayloadIsKindTargetRoundAndSet()
    {
        byte[] payload = new byte[VotePayload.Length];
        BlockId target = TestBlocks.Id("3");
        VotePayload.WritePrecommit(new Precommit(target.Hash, 0x04030201), 0x1122334455667788, 9, payload);
        Assert.Equal("01" + target.Hash.ToString()[2..] + "01020304" + "8877665544332211" + "0900000000000000", Convert.ToHexStringLower(payload));
    }

    internal static AuthoritySet FourVoters() => AuthoritySet.Create(SetId, [.. "ABCD".Select(letter => TestVoter.Authority(letter))]);

    internal static Justification Make(string votes, string target, string ancestries)
    {
        BlockId final = TestBlocks.Id(target);
        SignedPrecommit[] signed = [.. votes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(vote => TestVoter.Named(vote[0]).Vote(TestBlocks.Id(vote[1..].TrimEnd('!')), Round, SetId, isFalse: vote.EndsWith('!')))];
        Header[] headers = [.. ancestries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TestBlocks.Header)];
        return new Justification(Round, new Commit(final.Hash, final.Number, [.. signed]), [.. headers]);
    }

    private static void AssertVerdict(JustificationError verdict, Justification justification, AuthoritySet set)
    {
        Assert.Equal(verdict, justification.Verify(set));
        Assert.Equal(verdict == JustificationError.None, NaiveJustification.Accepts(justification, set.Authorities, set.Id));
    }
}
