namespace Phala.Clusters.State;

/// <summary>Sums and products of tokens that say when there is none.</summary>
internal static class Amounts
{
    internal static bool TryAdd(UInt128 left, UInt128 right, out UInt128 sum)
    {
        sum = left + right;
        return sum >= left;
    }

    internal static bool TryMultiply(UInt128 left, ulong right, out UInt128 product)
    {
        bool fits = right == 0 || left <= UInt128.MaxValue / right;
        product = fits ? left * right : 0;
        return fits;
    }
}
