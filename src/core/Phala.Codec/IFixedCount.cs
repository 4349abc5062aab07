namespace Phala.Codec;

/// <summary>A number of elements as a type, so that it can be a type argument.</summary>
public interface IFixedCount
{
    /// <summary>The number.</summary>
    static abstract int Count { get; }
}
