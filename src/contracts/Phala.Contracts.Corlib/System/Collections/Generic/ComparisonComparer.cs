namespace System.Collections.Generic;

internal sealed class ComparisonComparer<T> : Comparer<T>
{
    private readonly Comparison<T> _comparison;

    internal ComparisonComparer(Comparison<T> comparison) => _comparison = comparison;

    public override int Compare(T x, T y) => _comparison(x, y);
}
