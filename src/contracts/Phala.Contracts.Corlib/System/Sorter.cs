namespace System;

/// <summary>Introspective sort, in the steps that .NET takes, so that equal elements come out in the same order.</summary>
internal static class Sorter<T>
{
    private const int SmallPartition = 16;

    public static void Sort(Span<T> keys, Comparison<T> comparison)
    {
        if (keys.Length < 2) return;
        comparison ??= Collections.Generic.Comparer<T>.Default.Compare;
        int depth = 2 * (Numerics.BitOperations.Log2((uint)keys.Length) + 1);
        Intro(keys, depth, comparison);
    }

    private static void Intro(Span<T> keys, int depth, Comparison<T> comparison)
    {
        int size = keys.Length;
        while (size > 1)
        {
            if (size <= SmallPartition)
            {
                SortSmall(keys.Slice(0, size), comparison);
                return;
            }

            if (depth == 0)
            {
                Heap(keys.Slice(0, size), comparison);
                return;
            }

            depth--;
            int pivot = Partition(keys.Slice(0, size), comparison);
            Intro(keys.Slice(pivot + 1, size - (pivot + 1)), depth, comparison);
            size = pivot;
        }
    }

    private static void SortSmall(Span<T> keys, Comparison<T> comparison)
    {
        if (keys.Length == 2)
        {
            SwapIfGreater(keys, comparison, 0, 1);
            return;
        }

        if (keys.Length == 3)
        {
            SwapIfGreater(keys, comparison, 0, 1);
            SwapIfGreater(keys, comparison, 0, 2);
            SwapIfGreater(keys, comparison, 1, 2);
            return;
        }

        for (int i = 0; i < keys.Length - 1; i++)
        {
            T moved = keys[i + 1];
            int at = i;
            while (at >= 0 && comparison(moved, keys[at]) < 0)
            {
                keys[at + 1] = keys[at];
                at--;
            }

            keys[at + 1] = moved;
        }
    }

    private static int Partition(Span<T> keys, Comparison<T> comparison)
    {
        int last = keys.Length - 1, middle = last >> 1;
        SwapIfGreater(keys, comparison, 0, middle);
        SwapIfGreater(keys, comparison, 0, last);
        SwapIfGreater(keys, comparison, middle, last);
        T pivot = keys[middle];
        Swap(keys, middle, last - 1);
        int left = 0, right = last - 1;
        while (left < right)
        {
            while (comparison(keys[++left], pivot) < 0)
            {
            }

            while (comparison(pivot, keys[--right]) < 0)
            {
            }

            if (left >= right) break;
            Swap(keys, left, right);
        }

        if (left != last - 1) Swap(keys, left, last - 1);
        return left;
    }

    private static void Heap(Span<T> keys, Comparison<T> comparison)
    {
        int count = keys.Length;
        for (int i = count >> 1; i >= 1; i--) Sift(keys, i, count, comparison);
        for (int i = count; i > 1; i--)
        {
            Swap(keys, 0, i - 1);
            Sift(keys, 1, i - 1, comparison);
        }
    }

    private static void Sift(Span<T> keys, int root, int count, Comparison<T> comparison)
    {
        T moved = keys[root - 1];
        while (root <= count >> 1)
        {
            int child = 2 * root;
            if (child < count && comparison(keys[child - 1], keys[child]) < 0) child++;
            if (!(comparison(moved, keys[child - 1]) < 0)) break;
            keys[root - 1] = keys[child - 1];
            root = child;
        }

        keys[root - 1] = moved;
    }

    private static void SwapIfGreater(Span<T> keys, Comparison<T> comparison, int left, int right)
    {
        if (comparison(keys[left], keys[right]) > 0) Swap(keys, left, right);
    }

    private static void Swap(Span<T> keys, int left, int right)
    {
        T moved = keys[left];
        keys[left] = keys[right];
        keys[right] = moved;
    }
}
