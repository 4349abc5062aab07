using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>What the state costs, in picoseconds.</summary>
/// <param name="Read">Reading an entry.</param>
/// <param name="Write">Writing an entry.</param>
[Scale("sp_weights::RuntimeDbWeight")]
public readonly partial record struct RuntimeDbWeight(ulong Read, ulong Write);
