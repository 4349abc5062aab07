using System.Globalization;
using Phala.Codec;

namespace Phala.Clusters;

/// <summary>The version of the rules by which a cluster's entries are executed; contracts know it as their runtime's. It is part of the cluster's state, so that all members change at the same entry.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
[Scale]
public readonly partial record struct RulesVersion(uint Major, uint Minor)
{
    /// <summary>What every cluster begins with.</summary>
    public static RulesVersion First { get; } = new(1, 2);

    /// <summary>Whether it comes at once after another: no version is passed over, so that nobody names one by mistake that there never will be.</summary>
    public bool Follows(RulesVersion before) => Major == before.Major ? Minor > 0 && Minor - 1 == before.Minor : Minor == 0 && Major > 0 && Major - 1 == before.Major;

    /// <summary>Whether it is another or comes after it.</summary>
    public bool IsAtLeast(RulesVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor)) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
