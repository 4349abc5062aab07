using System.Globalization;

namespace Phala.Node.Host;

/// <summary>The parts of the node as <c>--log</c> and log lines name them: <c>consensus</c> for what the code calls <c>Phala.Node.Consensus.AuthoringLoop</c>.</summary>
internal static class LogTarget
{
    private const string Own = "Phala.Node.";

    /// <summary>The part that a logger's category belongs to.</summary>
    public static string Of(string category)
    {
        if (!category.StartsWith(Own, StringComparison.Ordinal)) return category;
        int end = category.IndexOf('.', Own.Length);
        return category[Own.Length..(end < 0 ? category.Length : end)].ToLower(CultureInfo.InvariantCulture);
    }
}
