namespace Phala.Testing.Contracts;

/// <summary>Something was stored.</summary>
/// <param name="By">By whom.</param>
/// <param name="Name">Under which name: longer names are found by their hash.</param>
/// <param name="Note">What.</param>
[Event]
public sealed partial record Stored([Topic] AccountId By, [Topic] string Name, Note Note);
