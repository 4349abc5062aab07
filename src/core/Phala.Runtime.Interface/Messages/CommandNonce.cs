using Phala.Codec;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What makes a sealed command be executed once. Drawn at random by the sender.</summary>
[Scale("phala_types::contract::CommandNonce"), FixedBytes(32)]
public readonly partial struct CommandNonce;
