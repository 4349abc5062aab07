namespace Phala.Codec;

/// <summary>
/// Together with <see cref="ScaleAttribute"/>, makes an empty <c>readonly partial struct</c> a value of so many opaque bytes, such as a hash, a key or a
/// signature: held inline, compared by content, ordered byte by byte, written in hexadecimal.
/// </summary>
/// <param name="length">The number of bytes.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class FixedBytesAttribute(int length) : Attribute
{
    /// <summary>The number of bytes.</summary>
    public int Length { get; } = length;
}
