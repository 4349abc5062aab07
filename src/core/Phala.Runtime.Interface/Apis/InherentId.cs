using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>The name of something that an author tells, such as <c>timstap0</c>.</summary>
[Scale(""), FixedBytes(8)]
public readonly partial struct InherentId;
