using System.Numerics;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>Lengths that say little: contents are filled up with zeros to one of few lengths before they are sealed.</summary>
/// <remarks>
/// <para><b>Concept.</b> The lengths are 256 bytes, and above that four between a power of two and the next: an observer learns the two highest digits of a length at most, and
/// no envelope grows by more than a quarter.</para>
/// <para><b>Invariant.</b> A content has one padded form; readers accept no other.</para>
/// </remarks>
public static class Padding
{
    /// <summary>The shortest padded length in bytes.</summary>
    public const int Shortest = 256;

    /// <summary>Between a power of two and the next lie so many lengths, as a power of two.</summary>
    private const int StepsLog = 2;

    /// <summary>The padded length of a content.</summary>
    /// <param name="length">The content's length in bytes; not negative.</param>
    public static int LengthOf(int length)
    {
        if (length <= Shortest) return Shortest;
        int step = 1 << (BitOperations.Log2((uint)length - 1) - StepsLog);
        return checked((length + step - 1) / step * step);
    }

    /// <summary>Whether what follows a content is its padding.</summary>
    /// <param name="rest">What follows.</param>
    /// <param name="length">The length of both.</param>
    internal static bool IsPadding(ReadOnlySpan<byte> rest, int length) =>
        length == LengthOf(length - rest.Length) && rest.IndexOfAnyExcept((byte)0) < 0;
}
