using System.Runtime;

namespace System.Collections.Generic;

/// <summary>The order that a type itself defines.</summary>
public abstract class Comparer<T> : IComparer<T>
{
    public static Comparer<T> Default => new DefaultComparer<T>();

    public static Comparer<T> Create(Comparison<T> comparison) => new ComparisonComparer<T>(comparison);

    public abstract int Compare(T x, T y);

    internal static int Order(T x, T y)
    {
        if (Machine.IsEnum<T>())
        {
            long left = Machine.EnumBits(x), right = Machine.EnumBits(y);
            return left < right ? -1 : left > right ? 1 : 0;
        }

        if (x is null) return y is null ? 0 : -1;
        if (y is null) return 1;
        if (Machine.IsComparable<T>()) return Machine.CompareValue(ref x, y);
        if (x is IComparable own) return own.CompareTo(y);
        throw new ArgumentException("At least one object must implement IComparable.");
    }
}
