using Phala.Codec;

namespace Phala.Worker.Interface.Queries;

/// <summary>What ties an answer to its query. Drawn at random by the client.</summary>
[Scale, FixedBytes(32)]
public readonly partial struct QueryNonce;
