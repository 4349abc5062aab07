using System.Runtime;

namespace System.Collections.Generic;

/// <summary>Equality as a type itself defines it.</summary>
public abstract class EqualityComparer<T> : IEqualityComparer<T>
{
    public static EqualityComparer<T> Default => new DefaultEqualityComparer<T>();

    public abstract bool Equals(T x, T y);

    public abstract int GetHashCode(T obj);

    internal static bool AreEqual(T x, T y)
    {
        if (Machine.IsEnum<T>()) return Machine.EnumBits(x) == Machine.EnumBits(y);
        if (x is null) return y is null;
        if (y is null) return false;
        return Machine.IsEquatable<T>() ? Machine.EqualsValue(ref x, y) : x.Equals(y);
    }
}
