namespace Phala.Codec;

/// <summary>Makes <see cref="Vec{T}"/>: <c>Vec.Create(1, 2)</c>, or a collection expression, <c>[1, 2]</c>.</summary>
public static class Vec
{
    /// <summary>A sequence of copies of the elements.</summary>
    public static Vec<T> Create<T>(params ReadOnlySpan<T> elements) => Vec<T>.Own(elements.ToArray());
}
