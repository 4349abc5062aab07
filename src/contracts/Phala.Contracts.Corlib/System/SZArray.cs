using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>What arrays can do as collections: the compiler puts it between an array's type and <see cref="Array"/>.</summary>
internal abstract class SZArray<T> : Array, IList<T>, IReadOnlyList<T>
{
    int ICollection<T>.Count => Length;

    int IReadOnlyCollection<T>.Count => Length;

    bool ICollection<T>.IsReadOnly => true;

    T IReadOnlyList<T>.this[int index] => Self[index];

    T IList<T>.this[int index]
    {
        get => Self[index];
        set => Self[index] = value;
    }

    private T[] Self => Unsafe.As<T[]>(this);

    internal override int SizeOfElements() => Unsafe.SizeOf<T>();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new SZArrayEnumerator<T>(Self);

    IEnumerator IEnumerable.GetEnumerator() => new SZArrayEnumerator<T>(Self);

    bool ICollection<T>.Contains(T item) => IndexOf(Self, item) >= 0;

    int IList<T>.IndexOf(T item) => IndexOf(Self, item);

    void ICollection<T>.CopyTo(T[] array, int arrayIndex) => Copy(Self, 0, array, arrayIndex, Length);

    void ICollection<T>.Add(T item) => throw new NotSupportedException("Collection was of a fixed size.");

    bool ICollection<T>.Remove(T item) => throw new NotSupportedException("Collection was of a fixed size.");

    void ICollection<T>.Clear() => throw new NotSupportedException("Collection is read-only.");

    void IList<T>.Insert(int index, T item) => throw new NotSupportedException("Collection was of a fixed size.");

    void IList<T>.RemoveAt(int index) => throw new NotSupportedException("Collection was of a fixed size.");
}
