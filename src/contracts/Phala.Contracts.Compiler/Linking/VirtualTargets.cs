using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>The methods that a virtual call may mean, by the type of its receiver.</summary>
/// <param name="ByType">Every constructed type that can be a receiver.</param>
/// <param name="IsKnown">False in the first pass, which is still finding them.</param>
internal sealed record VirtualTargets(IReadOnlyList<(ClrType Type, ClrMethod Method)> ByType, bool IsKnown)
{
    public bool IsEmpty => IsKnown && ByType.Count == 0;

    /// <summary>The method, if there is one only.</summary>
    public ClrMethod? Single => IsKnown && ByType.Count > 0 && ByType.All(each => each.Method == ByType[0].Method) ? ByType[0].Method : null;
}
