namespace Phala.Contracts.Queries;

/// <summary>A header of a request or a response.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public readonly record struct HttpHeader(string Name, string Value);
