using FsCheck;
using FsCheck.Fluent;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.WorkerInterface;

public sealed class CoarseningTests
{
    [Theory]
    [InlineData(0ul, 0x0ffffffful)]
    [InlineData(0x0ffffffful, 0x0ffffffful)]
    [InlineData(0x10000000ul, 0x1ffffffful)]
    [InlineData(1ul << 40, (1ul << 40) | ((1ul << 32) - 1))]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    public void Gas_keeps_its_highest_digits(ulong exact, ulong coarse) => Assert.Equal(coarse, Coarsening.Gas(exact));

    [Theory]
    [InlineData(0ul, 1ul, 255ul)]
    [InlineData(0ul, 10ul, 4095ul)]
    [InlineData(0ul, 0ul, 0ul)]
    [InlineData(1000ul, 0ul, 1001ul)]
    public void A_deposit_hides_what_256_bytes_are_worth(ulong exact, ulong perByte, ulong coarse) => Assert.Equal((UInt128)coarse, Coarsening.Deposit(exact, perByte));

    [Fact]
    public void Coarse_figures_are_never_below_the_exact_ones_and_forget_low_digits() => Prop.ForAll<ulong, ulong, byte>((high, low, shift) =>
    {
        UInt128 exact = new UInt128(high, low) >> (shift % 128);
        ulong gas = (ulong)exact;
        Assert.True(Coarsening.Gas(gas) >= gas);
        Assert.Equal(Coarsening.Gas(gas), Coarsening.Gas(gas ^ (gas & 0x0fffffff)));
        Assert.True(Coarsening.Deposit(exact, low) >= exact);
        Assert.Equal(Coarsening.Deposit(exact, low), Coarsening.Deposit(Coarsening.Deposit(exact, low), low));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_greatest_figures_have_a_coarse_one()
    {
        Assert.Equal(UInt128.MaxValue, Coarsening.Deposit(UInt128.MaxValue, UInt128.MaxValue));
        Assert.Equal((UInt128.One << 127) - 1, Coarsening.Deposit(0, UInt128.MaxValue));
    }
}
