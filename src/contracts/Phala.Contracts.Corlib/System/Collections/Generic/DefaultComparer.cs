namespace System.Collections.Generic;

internal sealed class DefaultComparer<T> : Comparer<T>
{
    public override int Compare(T x, T y) => Order(x, y);
}
