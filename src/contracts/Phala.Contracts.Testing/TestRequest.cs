namespace Phala.Contracts.Testing;

/// <summary>A request that a query has sent.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Url">Where it goes.</param>
/// <param name="Headers">Names and values.</param>
/// <param name="Body">Its body.</param>
public sealed record TestRequest(string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body);
