using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>Whether an author's extrinsics are right.</summary>
/// <param name="Okay">Whether they are.</param>
/// <param name="FatalError">Whether the block can't become right by waiting.</param>
/// <param name="Errors">What is wrong, by name.</param>
[Scale("sp_inherents::CheckInherentsResult")]
public sealed partial record CheckInherentsResult(bool Okay, bool FatalError, InherentData Errors);
