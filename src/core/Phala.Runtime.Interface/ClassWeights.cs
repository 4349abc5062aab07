using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;

namespace Phala.Runtime.Interface;

/// <summary>What a class of calls may take of a block.</summary>
/// <param name="BaseExtrinsic">What every extrinsic takes besides its call.</param>
/// <param name="MaxExtrinsic">The heaviest extrinsic; none for no limit.</param>
/// <param name="MaxTotal">What all of the class may take together; none for no limit.</param>
/// <param name="Reserved">What is left to the class even in a full block; none for nothing.</param>
[Scale("frame_system::limits::WeightsPerClass")]
public readonly partial record struct ClassWeights(Weight BaseExtrinsic, Option<Weight> MaxExtrinsic, Option<Weight> MaxTotal, Option<Weight> Reserved);
