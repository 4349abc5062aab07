using Phala.Codec;

namespace Phala.Runtime.Interface;

/// <summary>The rules that the chain follows.</summary>
/// <param name="SpecVersion">Their version.</param>
/// <param name="SpecName">Their name.</param>
[Scale("frame_system::LastRuntimeUpgradeInfo")]
public readonly partial record struct LastRuntimeUpgradeInfo([Compact] uint SpecVersion, string SpecName);
