using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>What a call costs, known before it is executed, or what it turned out to cost.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Class">The share of the block it takes.</param>
/// <param name="PaysFee">Whether it costs a fee.</param>
[Scale("frame_system::DispatchEventInfo")]
public readonly partial record struct DispatchInfo(Weight Weight, DispatchClass Class, Pays PaysFee);
