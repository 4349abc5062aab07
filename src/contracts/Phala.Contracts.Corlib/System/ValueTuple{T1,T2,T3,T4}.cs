using System.Collections.Generic;

namespace System;

public struct ValueTuple<T1, T2, T3, T4> : IEquatable<ValueTuple<T1, T2, T3, T4>>, IComparable<ValueTuple<T1, T2, T3, T4>>
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;
    public T4 Item4;

    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
    }

    public bool Equals(ValueTuple<T1, T2, T3, T4> other) => EqualityComparer<T1>.AreEqual(Item1, other.Item1) && EqualityComparer<T2>.AreEqual(Item2, other.Item2) && EqualityComparer<T3>.AreEqual(Item3, other.Item3) && EqualityComparer<T4>.AreEqual(Item4, other.Item4);

    public override bool Equals(object obj) => obj is ValueTuple<T1, T2, T3, T4> other && Equals(other);

    public int CompareTo(ValueTuple<T1, T2, T3, T4> other)
    {
        int order = Comparer<T1>.Order(Item1, other.Item1);
        if (order != 0) return order;
        order = Comparer<T2>.Order(Item2, other.Item2);
        if (order != 0) return order;
        order = Comparer<T3>.Order(Item3, other.Item3);
        if (order != 0) return order;
        return Comparer<T4>.Order(Item4, other.Item4);
    }

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Item1);
        hash.Add(Item2);
        hash.Add(Item3);
        hash.Add(Item4);
        return hash.ToHashCode();
    }

    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ")";
}
