namespace Phala.Node.Inspect.Metadata;

/// <summary>The form of extrinsics.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="Address">The id of the signer's type.</param>
/// <param name="Call">The id of the enum of all calls.</param>
/// <param name="Signature">The id of the signature's type.</param>
/// <param name="Extensions">The extensions.</param>
/// <param name="Sets">Which extensions a version of the set has, by their places; empty where there is but one set of all.</param>
public sealed record ExtrinsicInfo(
    IReadOnlyList<byte> Versions, int Address, int Call, int Signature, IReadOnlyList<ExtensionInfo> Extensions, IReadOnlyDictionary<byte, IReadOnlyList<int>> Sets)
{
    /// <summary>The extensions of a set; null where there is no such set.</summary>
    public IReadOnlyList<ExtensionInfo>? SetOf(byte version)
    {
        if (Sets.Count == 0) return Extensions;
        return Sets.TryGetValue(version, out IReadOnlyList<int>? places) && places.All(place => place < Extensions.Count) ? [.. places.Select(place => Extensions[place])] : null;
    }
}
