using System.Runtime;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>A view of consecutive values.</summary>
/// <remarks>Unsafe: one constructor takes a pointer.</remarks>
public readonly ref struct Span<T>
{
    private readonly ref T _reference;
    private readonly int _length;

    public Span(T[] array)
    {
        if (array is null) return;
        _reference = ref Elements.First(array);
        _length = array.Length;
    }

    public Span(T[] array, int start, int length)
    {
        if (array is null)
        {
            if (start != 0 || length != 0) System.Runtime.Faults.Range();
            return;
        }

        if ((uint)start > (uint)array.Length || (uint)length > (uint)(array.Length - start)) System.Runtime.Faults.Range();
        _reference = ref Unsafe.Add(ref Elements.First(array), start);
        _length = length;
    }

    public unsafe Span(void* pointer, int length)
    {
        if (length < 0) System.Runtime.Faults.Range();
        _reference = ref Unsafe.AsRef<T>(pointer);
        _length = length;
    }

    public Span(ref T reference)
    {
        _reference = ref reference;
        _length = 1;
    }

    internal Span(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public static Span<T> Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length) Faults.Range();
            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public static implicit operator Span<T>(T[] array) => new Span<T>(array);

    public static implicit operator ReadOnlySpan<T>(Span<T> span) => new ReadOnlySpan<T>(ref span._reference, span._length);

    public static bool operator ==(Span<T> left, Span<T> right) => left._length == right._length && Unsafe.AreSame(ref left._reference, ref right._reference);

    public static bool operator !=(Span<T> left, Span<T> right) => !(left == right);

    public ref T GetPinnableReference() => ref _reference;

    public Span<T> Slice(int start)
    {
        if ((uint)start > (uint)_length) System.Runtime.Faults.Range();
        return new Span<T>(ref Unsafe.Add(ref _reference, start), _length - start);
    }

    public Span<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start)) System.Runtime.Faults.Range();
        return new Span<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public void Clear() => Machine.Clear(Elements.AddressOf(ref _reference), _length * Unsafe.SizeOf<T>());

    public void Fill(T value)
    {
        for (int i = 0; i < _length; i++) Unsafe.Add(ref _reference, i) = value;
    }

    public void CopyTo(Span<T> destination) => ((ReadOnlySpan<T>)this).CopyTo(destination);

    public bool TryCopyTo(Span<T> destination) => ((ReadOnlySpan<T>)this).TryCopyTo(destination);

    public T[] ToArray() => ((ReadOnlySpan<T>)this).ToArray();

    public override string ToString() => ((ReadOnlySpan<T>)this).ToString();

    public Enumerator GetEnumerator() => new Enumerator(this);

    public ref struct Enumerator
    {
        private readonly Span<T> _span;
        private int _index;

        internal Enumerator(Span<T> span)
        {
            _span = span;
            _index = -1;
        }

        public ref T Current => ref _span[_index];

        public bool MoveNext()
        {
            int index = _index + 1;
            if (index >= _span.Length) return false;
            _index = index;
            return true;
        }
    }
}
