using System.Collections.Generic;

namespace System;

public struct ValueTuple<T1> : IEquatable<ValueTuple<T1>>, IComparable<ValueTuple<T1>>
{
    public T1 Item1;

    public ValueTuple(T1 item1)
    {
        Item1 = item1;
    }

    public bool Equals(ValueTuple<T1> other) => EqualityComparer<T1>.AreEqual(Item1, other.Item1);

    public override bool Equals(object obj) => obj is ValueTuple<T1> other && Equals(other);

    public int CompareTo(ValueTuple<T1> other)
    {
        return Comparer<T1>.Order(Item1, other.Item1);
    }

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Item1);
        return hash.ToHashCode();
    }

    public override string ToString() => "(" + Item1?.ToString() + ")";
}
