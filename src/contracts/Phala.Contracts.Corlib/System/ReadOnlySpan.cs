using System.Runtime;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>A view of consecutive values that does not change them.</summary>
/// <remarks>Unsafe: one constructor takes a pointer.</remarks>
public readonly ref struct ReadOnlySpan<T>
{
    private readonly ref T _reference;
    private readonly int _length;

    public ReadOnlySpan(T[] array)
    {
        if (array is null) return;
        _reference = ref Elements.First(array);
        _length = array.Length;
    }

    public ReadOnlySpan(T[] array, int start, int length)
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

    public unsafe ReadOnlySpan(void* pointer, int length)
    {
        if (length < 0) System.Runtime.Faults.Range();
        _reference = ref Unsafe.AsRef<T>(pointer);
        _length = length;
    }

    public ReadOnlySpan(ref readonly T reference)
    {
        _reference = ref Unsafe.AsRef(in reference);
        _length = 1;
    }

    internal ReadOnlySpan(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public static ReadOnlySpan<T> Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    public ref readonly T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length) Faults.Range();
            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public static implicit operator ReadOnlySpan<T>(T[] array) => new ReadOnlySpan<T>(array);

    public static ReadOnlySpan<T> CastUp<TDerived>(ReadOnlySpan<TDerived> items)
        where TDerived : class, T => new ReadOnlySpan<T>(ref Unsafe.As<TDerived, T>(ref items._reference), items._length);

    public static bool operator ==(ReadOnlySpan<T> left, ReadOnlySpan<T> right) => left._length == right._length && Unsafe.AreSame(ref left._reference, ref right._reference);

    public static bool operator !=(ReadOnlySpan<T> left, ReadOnlySpan<T> right) => !(left == right);

    public ref readonly T GetPinnableReference() => ref _reference;

    public ReadOnlySpan<T> Slice(int start)
    {
        if ((uint)start > (uint)_length) System.Runtime.Faults.Range();
        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), _length - start);
    }

    public ReadOnlySpan<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start)) System.Runtime.Faults.Range();
        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public void CopyTo(Span<T> destination)
    {
        if (!TryCopyTo(destination)) throw new ArgumentException("Destination is too short.", nameof(destination));
    }

    public bool TryCopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination.Length) return false;
        Machine.Move(Elements.AddressOf(ref destination.GetPinnableReference()), Elements.AddressOf(ref _reference), _length * Unsafe.SizeOf<T>());
        return true;
    }

    public T[] ToArray()
    {
        if (_length == 0) return new T[0];
        T[] made = new T[_length];
        CopyTo(made);
        return made;
    }

    public override string ToString()
    {
        if (Machine.Is<T, char>()) return new string(new ReadOnlySpan<char>(ref Unsafe.As<T, char>(ref _reference), _length));
        return "System.Span[" + Number.FromInt64(_length) + "]";
    }

    public Enumerator GetEnumerator() => new Enumerator(this);

    internal ref T First() => ref _reference;

    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<T> _span;
        private int _index;

        internal Enumerator(ReadOnlySpan<T> span)
        {
            _span = span;
            _index = -1;
        }

        public ref readonly T Current => ref _span[_index];

        public bool MoveNext()
        {
            int index = _index + 1;
            if (index >= _span.Length) return false;
            _index = index;
            return true;
        }
    }
}
