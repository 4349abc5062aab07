using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Interface;

/// <summary>What a block may take.</summary>
/// <param name="BaseBlock">What an empty block takes.</param>
/// <param name="MaxBlock">What a block may take.</param>
/// <param name="PerClass">What each class may take of it.</param>
[Scale("frame_system::limits::BlockWeights")]
public readonly partial record struct BlockWeights(Weight BaseBlock, Weight MaxBlock, PerDispatchClass<ClassWeights> PerClass);
