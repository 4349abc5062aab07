namespace Phala.Testing.Contracts;

/// <summary>Something with text.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Text">What it says, if anything.</param>
/// <param name="Tags">Where it belongs.</param>
/// <param name="At">Where it is.</param>
public sealed record Note(string Title, string? Text, string[] Tags, Point? At);
