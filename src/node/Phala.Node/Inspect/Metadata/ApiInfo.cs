namespace Phala.Node.Inspect.Metadata;

/// <summary>A runtime API.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Methods">The names of its methods.</param>
public sealed record ApiInfo(string Name, IReadOnlyList<string> Methods);
