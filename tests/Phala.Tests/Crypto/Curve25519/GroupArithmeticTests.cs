using Phala.Crypto.Curve25519;
using Phala.Crypto.Curve25519.FourLane;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>Both forms of the group, whichever this processor would choose, by the same laws.</summary>
public sealed class GroupArithmeticTests
{
    [Fact]
    public void PortableSumsDoublesAndNegativesAgree() => ArithmeticLaws.SumsDoublesAndNegativesAgree<PortableArithmetic, EdwardsPoint, CachedPoint>();

    [Fact]
    public void FourLaneSumsDoublesAndNegativesAgree()
    {
        RequireFourLanes();
        ArithmeticLaws.SumsDoublesAndNegativesAgree<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>();
    }

    [Fact]
    public void PortableLookupGivesTheDigitsMultiple() => ArithmeticLaws.LookupGivesTheDigitsMultiple<PortableArithmetic, EdwardsPoint, CachedPoint>();

    [Fact]
    public void FourLaneLookupGivesTheDigitsMultiple()
    {
        RequireFourLanes();
        ArithmeticLaws.LookupGivesTheDigitsMultiple<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>();
    }

    [Fact]
    public void PortableMultiplicationsAgreeWithTheModel() =>
        ArithmeticLaws.MultiplicationsAgreeWithTheModel<PortableArithmetic, EdwardsPoint, CachedPoint>();

    [Fact]
    public void FourLaneMultiplicationsAgreeWithTheModel()
    {
        RequireFourLanes();
        ArithmeticLaws.MultiplicationsAgreeWithTheModel<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>();
    }

    [Fact]
    public void PortableManyProductsAreSummed() => ArithmeticLaws.ManyProductsAreSummed<PortableArithmetic, EdwardsPoint, CachedPoint>();

    [Fact]
    public void FourLaneManyProductsAreSummed()
    {
        RequireFourLanes();
        ArithmeticLaws.ManyProductsAreSummed<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>();
    }

    [Fact]
    public void ALongChainOfAdditionsAndDoublingsStaysWithinItsBounds()
    {
        RequireFourLanes();

        // Coordinates near p and of all ones, carried through many steps without conversion.
        Random random = new(4);
        ParallelPoint chain = ParallelPoint.From(EdwardsPoint.BasePoint);
        EdwardsPoint expected = EdwardsPoint.BasePoint;
        for (int i = 0; i < 500; i++)
        {
            EdwardsPoint q = Samples.Rescale(EdwardsPoint.BasePoint, CurveModel.Field(Samples.Number(random) | 1));
            if (q.Z.IsZero) continue;
            chain.Double(1);
            chain.Add(ParallelCachedPoint.From(ParallelPoint.From(q)).Negate());
            expected = expected.Double() - q;
        }

        Assert.Equal(expected, chain.ToExtended());
    }

    private static void RequireFourLanes() => Assert.SkipUnless(FourLaneArithmetic.IsSupported, "This processor has no AVX2.");
}
