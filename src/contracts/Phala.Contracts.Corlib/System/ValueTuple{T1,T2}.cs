using System.Collections.Generic;

namespace System;

public struct ValueTuple<T1, T2> : IEquatable<ValueTuple<T1, T2>>, IComparable<ValueTuple<T1, T2>>
{
    public T1 Item1;
    public T2 Item2;

    public ValueTuple(T1 item1, T2 item2)
    {
        Item1 = item1;
        Item2 = item2;
    }

    public bool Equals(ValueTuple<T1, T2> other) => EqualityComparer<T1>.AreEqual(Item1, other.Item1) && EqualityComparer<T2>.AreEqual(Item2, other.Item2);

    public override bool Equals(object obj) => obj is ValueTuple<T1, T2> other && Equals(other);

    public int CompareTo(ValueTuple<T1, T2> other)
    {
        int order = Comparer<T1>.Order(Item1, other.Item1);
        if (order != 0) return order;
        return Comparer<T2>.Order(Item2, other.Item2);
    }

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Item1);
        hash.Add(Item2);
        return hash.ToHashCode();
    }

    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ")";
}
