namespace Phala.Node.Rpc.Methods;

/// <summary>What the chain specification says about the chain, as clients ask for it.</summary>
/// <param name="Name">The name, such as <c>Phala Development</c>.</param>
/// <param name="Type"><c>Development</c>, <c>Local</c>, <c>Live</c>, or a name of its own.</param>
/// <param name="Properties">A JSON object: <c>ss58Format</c>, <c>tokenDecimals</c>, <c>tokenSymbol</c>.</param>
public sealed record ChainFacts(string Name, string Type, ReadOnlyMemory<byte> Properties);
