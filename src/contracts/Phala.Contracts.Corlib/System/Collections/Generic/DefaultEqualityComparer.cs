namespace System.Collections.Generic;

internal sealed class DefaultEqualityComparer<T> : EqualityComparer<T>
{
    public override bool Equals(T x, T y) => AreEqual(x, y);

    public override int GetHashCode(T obj) => obj is null ? 0 : obj.GetHashCode();
}
