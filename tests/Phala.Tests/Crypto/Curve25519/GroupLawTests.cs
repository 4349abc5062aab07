using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Curve25519;
using Xunit;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>The laws of fields, of the scalars' action and of the group, for values that FsCheck chooses.</summary>
public sealed class GroupLawTests
{
    private static readonly Gen<byte[]> Uniform = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), 32);

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(Uniform, Gen.Elements(Samples.Edges).Select(edge => CurveModel.Bytes(edge)));

    private static readonly Arbitrary<FieldElement[]> ThreeFieldElements = Gen.ArrayOf(AnyBytes.Select(bytes => FieldElement.FromBytes(bytes)), 3).ToArbitrary();

    private static readonly Gen<Scalar> AnyScalar = AnyBytes.Select(bytes => Scalar.FromBytesModOrder(bytes));

    private static readonly Gen<EdwardsPoint> AnyPoint =
        from scalar in AnyScalar from torsion in Gen.Elements(SmallOrderPoints.All) select EdwardsPoint.MultiplyBase(scalar) + torsion;

    [Fact]
    public void TheFieldIsCommutativeAssociativeAndDistributive() => Holds(500, ThreeFieldElements, v =>
        FieldElement.Equals(v[0] * v[1], v[1] * v[0])
        && FieldElement.Equals(v[0] * v[1] * v[2], v[0] * (v[1] * v[2]))
        && FieldElement.Equals((v[0] + v[1]) * v[2], (v[0] * v[2]) + (v[1] * v[2]))
        && FieldElement.Equals(v[0] - v[1] + v[1], v[0])
        && FieldElement.Equals(v[0].Square(), v[0] * v[0])
        && (v[0].IsZero || FieldElement.Equals(FieldRoots.Invert(v[0]) * v[0] * v[1], v[1])));

    [Fact]
    public void TheScalarsAreAField() => Holds(300, Gen.ArrayOf(AnyScalar, 3).ToArbitrary(), v =>
        (v[0] * v[1]).Equals(v[1] * v[0])
        && (v[0] * v[1] * v[2]).Equals(v[0] * (v[1] * v[2]))
        && ((v[0] + v[1]) * v[2]).Equals((v[0] * v[2]) + (v[1] * v[2]))
        && (v[0] - v[1] + v[1]).Equals(v[0]));

    [Fact]
    public void PointsAreACommutativeGroup() => Holds(100, Gen.ArrayOf(AnyPoint, 3).ToArbitrary(), v =>
        (v[0] + v[1]).Equals(v[1] + v[0])
        && (v[0] + v[1] + v[2]).Equals(v[0] + (v[1] + v[2]))
        && (v[0] + EdwardsPoint.Identity).Equals(v[0])
        && (v[0] - v[0]).IsIdentity
        && v[0].Double().Equals(v[0] + v[0])
        && EdwardsPoint.Multiply(-Scalar.One, v[0].MultiplyByCofactor()).Equals(-v[0].MultiplyByCofactor()));

    [Fact]
    public void ScalarsActLinearlyOnTheBase() => Holds(100, Gen.ArrayOf(AnyScalar, 2).ToArbitrary(), v =>
        EdwardsPoint.MultiplyBase(v[0] + v[1]).Equals(EdwardsPoint.MultiplyBase(v[0]) + EdwardsPoint.MultiplyBase(v[1]))
        && EdwardsPoint.MultiplyBase(v[0] * v[1]).Equals(EdwardsPoint.Multiply(v[0], EdwardsPoint.MultiplyBase(v[1])))
        && EdwardsPoint.MultiplyBase(v[0]).Equals(EdwardsPoint.Multiply(v[0], EdwardsPoint.BasePoint)));

    [Fact]
    public void CompressionRoundTripsForEveryPoint() => Holds(100, AnyPoint.ToArbitrary(), point =>
    {
        byte[] bytes = new byte[32], encoding = new byte[32], again = new byte[32];
        point.Compress(bytes);
        RistrettoPoint even = new(point.Double());
        even.Encode(encoding);
        bool decoded = RistrettoPoint.TryDecode(encoding, out RistrettoPoint read);
        read.Encode(again);
        return EdwardsPoint.TryDecompressStrict(bytes, out EdwardsPoint same) && same.Equals(point) && decoded && read.Equals(even)
            && again.AsSpan().SequenceEqual(encoding);
    });

    private static void Holds<T>(int cases, Arbitrary<T> values, Func<T, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(values, law));
}
