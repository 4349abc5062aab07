namespace Phala.Codec.TypeInfo;

/// <summary>What the <c>///</c> comments of a class with <see cref="DocumentedAttribute"/> say.</summary>
/// <param name="Summary">The summary of the class, line by line.</param>
/// <param name="Fields">The summaries of its public static fields by name, line by line; constants are not among them.</param>
public sealed record ClassDocs(IReadOnlyList<string> Summary, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields);
