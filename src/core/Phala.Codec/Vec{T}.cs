using System.Collections;
using System.Runtime.CompilerServices;

namespace Phala.Codec;

/// <summary>
/// An immutable sequence that is compared by content, unlike arrays: a record with such a field is equal to another with equal elements.
/// The default value is the empty sequence.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[CollectionBuilder(typeof(Vec), nameof(Vec.Create))]
public readonly struct Vec<T> : IReadOnlyList<T>, IEquatable<Vec<T>>
{
    private readonly T[]? _elements;

    private Vec(T[] elements) => _elements = elements;

    /// <summary>No elements.</summary>
    public static Vec<T> Empty => default;

    /// <summary>The number of elements.</summary>
    public int Length => _elements?.Length ?? 0;

    /// <inheritdoc/>
    int IReadOnlyCollection<T>.Count => Length;

    /// <summary>An element by position.</summary>
    public T this[int index] => AsSpan()[index];

    /// <summary>The elements.</summary>
    public ReadOnlySpan<T> AsSpan() => _elements;

    /// <summary>A copy of the elements.</summary>
    public T[] ToArray() => AsSpan().ToArray();

    /// <summary>Enumerates without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_elements ?? [])).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => (_elements ?? []).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Vec<T> other) => AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Vec<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = Length;
        foreach (T element in this) hash = unchecked((hash * 31) + (element?.GetHashCode() ?? 0));
        return hash;
    }

    /// <summary>The elements in brackets, or their number where there are many.</summary>
    public override string ToString() => Length <= 16 ? $"[{string.Join(", ", ToArray())}]" : $"[{Length} elements]";

    /// <summary>Whether both hold equal elements.</summary>
    public static bool operator ==(Vec<T> left, Vec<T> right) => left.Equals(right);

    /// <summary>Whether the elements differ.</summary>
    public static bool operator !=(Vec<T> left, Vec<T> right) => !left.Equals(right);

    /// <summary>Takes an array over; nobody else may write to it.</summary>
    internal static Vec<T> Own(T[] elements) => new(elements);
}
