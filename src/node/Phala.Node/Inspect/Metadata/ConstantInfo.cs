namespace Phala.Node.Inspect.Metadata;

/// <summary>A constant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The id of its type.</param>
/// <param name="Value">Its encoded value.</param>
public sealed record ConstantInfo(string Name, int Type, byte[] Value);
