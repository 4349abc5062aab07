using Phala.Codec;

namespace Phala.Runtime.Interface.Messages;

/// <summary>An initialization vector.</summary>
[Scale("[u8; 12]"), FixedBytes(12)]
public readonly partial struct Iv;
