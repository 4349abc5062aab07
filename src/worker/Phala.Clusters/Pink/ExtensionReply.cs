namespace Phala.Clusters.Pink;

/// <summary>What a function of the extension gives.</summary>
/// <param name="Status">0 where it gives a result.</param>
/// <param name="Output">The result in SCALE.</param>
internal readonly record struct ExtensionReply(uint Status, byte[] Output);
