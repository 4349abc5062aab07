using System.Numerics;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Worker.Interface.Queries;

/// <summary>Gas and deposits with their low digits filled up, so that they say less about what a query read.</summary>
/// <remarks><b>Invariant.</b> A coarsened figure is never below the exact one: it serves as a limit.</remarks>
public static class Coarsening
{
    private const int KeptBits = 9, LeastGasBits = 28, MostGasBits = 63, MostDepositBits = 127;

    /// <summary>Gas with all but its highest 9 bits, and at least its lowest 28, set.</summary>
    public static ulong Gas(ulong exact)
    {
        int bits = 64 - BitOperations.LeadingZeroCount(exact);
        int filled = Math.Clamp(Math.Max(bits, KeptBits) - KeptBits, LeastGasBits, MostGasBits);
        return exact | ((1ul << filled) - 1);
    }

    /// <summary>Gas as a weight without proof size.</summary>
    public static Weight Weight(ulong exact) => new(Gas(exact), 0);

    /// <summary>A deposit with all but its highest 9 bits set, and at least as many as 256 bytes are worth.</summary>
    /// <param name="exact">The deposit.</param>
    /// <param name="perByte">What a byte locks.</param>
    public static UInt128 Deposit(UInt128 exact, UInt128 perByte)
    {
        UInt128 page = perByte > (UInt128.MaxValue >> 8) ? UInt128.MaxValue : (perByte << 8);
        int least = BitsOf(page == 0 ? 0 : page - 1);
        int filled = Math.Clamp(Math.Max(BitsOf(exact), KeptBits) - KeptBits, Math.Min(least, MostDepositBits), MostDepositBits);
        return exact | ((UInt128.One << filled) - 1);
    }

    private static int BitsOf(UInt128 value) => 128 - (int)UInt128.LeadingZeroCount(value);
}
