namespace Phala.Node.Inspect.Metadata;

/// <summary>A transaction extension.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The id of the type of what is sent.</param>
public sealed record ExtensionInfo(string Name, int Type);
