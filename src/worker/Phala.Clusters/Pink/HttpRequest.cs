using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>A request that a contract has sent.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Method">The method, such as <c>GET</c>.</param>
/// <param name="Headers">Names and values.</param>
/// <param name="Body">The content.</param>
[Scale]
public sealed partial record HttpRequest(string Url, string Method, Vec<(string Name, string Value)> Headers, Vec<byte> Body);
