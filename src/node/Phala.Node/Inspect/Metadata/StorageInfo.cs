namespace Phala.Node.Inspect.Metadata;

/// <summary>A storage entry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hashers">How the parts of its key are hashed; none for a single value.</param>
/// <param name="Key">The type of its key; null for a single value.</param>
/// <param name="Value">The type of its value.</param>
public sealed record StorageInfo(string Name, IReadOnlyList<string> Hashers, int? Key, int Value);
