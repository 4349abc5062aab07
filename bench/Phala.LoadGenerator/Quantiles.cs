using System.Globalization;

namespace Phala.LoadGenerator;

/// <summary>The distribution of times in milliseconds.</summary>
internal static class Quantiles
{
    public static string Of(IEnumerable<double> times)
    {
        double[] ordered = [.. times.Order()];
        return ordered.Length == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"ms p50 {At(ordered, 0.5):F2}, p90 {At(ordered, 0.9):F2}, p99 {At(ordered, 0.99):F2}, max {ordered[^1]:F2}");
    }

    private static double At(double[] ordered, double quantile) => ordered[(int)((ordered.Length - 1) * quantile)];
}
