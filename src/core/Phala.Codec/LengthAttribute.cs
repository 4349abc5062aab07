namespace Phala.Codec;

/// <summary>Gives a field of an array type a fixed number of elements, which are then written without their number.</summary>
/// <param name="count">The number of elements.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class LengthAttribute(int count) : Attribute
{
    /// <summary>The number of elements.</summary>
    public int Count { get; } = count;
}
