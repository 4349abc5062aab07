namespace Phala.Codec;

/// <summary>Writes a field of an unsigned integer type in compact form.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class CompactAttribute : Attribute;
