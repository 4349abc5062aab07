namespace System;

/// <summary>Arrays. In memory: the number of the type, the length, the elements.</summary>
public abstract class Array
{
    private readonly int _length;

    public int Length => _length;

    public int Rank => 1;

    public static int MaxLength => 0x1000000;

    public static T[] Empty<T>() => EmptyArray<T>.Value;

    public static void Copy<T>(T[] source, int sourceIndex, T[] destination, int destinationIndex, int length)
    {
        if (source is null || destination is null) throw new ArgumentNullException("array");
        if (sourceIndex < 0 || destinationIndex < 0 || length < 0) System.Runtime.Faults.Range();
        if (length > source.Length - sourceIndex || length > destination.Length - destinationIndex) throw new ArgumentException("The array is not long enough.");
        new ReadOnlySpan<T>(source, sourceIndex, length).CopyTo(new Span<T>(destination, destinationIndex, length));
    }

    public static void Copy(Array sourceArray, Array destinationArray, int length) => Copy(sourceArray, 0, destinationArray, 0, length);

    public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)
    {
        if (sourceArray is null || destinationArray is null) throw new ArgumentNullException("array");
        int size = ElementSize(sourceArray);
        if (size != ElementSize(destinationArray)) throw new ArrayTypeMismatchException();
        if (sourceIndex < 0 || destinationIndex < 0 || length < 0) System.Runtime.Faults.Range();
        if (length > sourceArray.Length - sourceIndex || length > destinationArray.Length - destinationIndex) throw new ArgumentException("The array is not long enough.");
        System.Runtime.Machine.Move(
            System.Runtime.Machine.AddressOf(destinationArray) + 8 + destinationIndex * size, System.Runtime.Machine.AddressOf(sourceArray) + 8 + sourceIndex * size, length * size);
    }

    public static void Clear(Array array)
    {
        if (array is null) throw new ArgumentNullException(nameof(array));
        System.Runtime.Machine.Clear(System.Runtime.Machine.AddressOf(array) + 8, array.Length * ElementSize(array));
    }

    public static void Fill<T>(T[] array, T value)
    {
        for (int i = 0; i < array.Length; i++) array[i] = value;
    }

    public static void Reverse<T>(T[] array) => new Span<T>(array).Reverse();

    public static int IndexOf<T>(T[] array, T value)
    {
        Collections.Generic.EqualityComparer<T> comparer = Collections.Generic.EqualityComparer<T>.Default;
        for (int i = 0; i < array.Length; i++)
        {
            if (comparer.Equals(array[i], value)) return i;
        }

        return -1;
    }

    public static int LastIndexOf<T>(T[] array, T value)
    {
        Collections.Generic.EqualityComparer<T> comparer = Collections.Generic.EqualityComparer<T>.Default;
        for (int i = array.Length - 1; i >= 0; i--)
        {
            if (comparer.Equals(array[i], value)) return i;
        }

        return -1;
    }

    public static bool Exists<T>(T[] array, Predicate<T> match) => FindIndex(array, match) >= 0;

    public static int FindIndex<T>(T[] array, Predicate<T> match)
    {
        for (int i = 0; i < array.Length; i++)
        {
            if (match(array[i])) return i;
        }

        return -1;
    }

    public static T Find<T>(T[] array, Predicate<T> match)
    {
        int index = FindIndex(array, match);
        return index < 0 ? default : array[index];
    }

    public static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)
    {
        TOutput[] result = new TOutput[array.Length];
        for (int i = 0; i < array.Length; i++) result[i] = converter(array[i]);
        return result;
    }

    public static void ForEach<T>(T[] array, Action<T> action)
    {
        for (int i = 0; i < array.Length; i++) action(array[i]);
    }

    public static void Resize<T>(ref T[] array, int newSize)
    {
        if (newSize < 0) System.Runtime.Faults.Range();
        if (array is not null && array.Length == newSize) return;
        T[] made = new T[newSize];
        if (array is not null) Copy(array, 0, made, 0, Math.Min(array.Length, newSize));
        array = made;
    }

    public static void Sort<T>(T[] array) => Sorter<T>.Sort(new Span<T>(array), null);

    public static void Sort<T>(T[] array, Comparison<T> comparison) => Sorter<T>.Sort(new Span<T>(array), comparison);

    public static void Sort<T>(T[] array, Collections.Generic.IComparer<T> comparer) => Sorter<T>.Sort(new Span<T>(array), comparer is null ? null : comparer.Compare);

    public static void Sort<T>(T[] array, int index, int length) => Sorter<T>.Sort(new Span<T>(array, index, length), null);

    public static int BinarySearch<T>(T[] array, T value)
    {
        Collections.Generic.Comparer<T> comparer = Collections.Generic.Comparer<T>.Default;
        int low = 0, high = array.Length - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) >> 1);
            int order = comparer.Compare(array[middle], value);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    public object Clone()
    {
        int size = 8 + Length * ElementSize(this);
        int copy = System.Runtime.Machine.Allocate(size), self = System.Runtime.Machine.AddressOf(this);
        System.Runtime.Machine.Copy(copy, self, size);
        return System.Runtime.Machine.ObjectAt<object>(copy);
    }

    public void CopyTo(Array array, int index) => Copy(this, 0, array, index, Length);

    internal virtual int SizeOfElements() => 4;

    private static int ElementSize(Array array) => array.SizeOfElements();
}
