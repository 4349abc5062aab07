using Phala.Wasm.Binary;

namespace Phala.Wasm;

/// <summary>A table of references.</summary>
public sealed class Table
{
    // Compiled code reads these fields. The array may be longer than the table.
    internal object?[] _elements;
    internal int _length;

    private readonly Store _store;

    /// <summary>Makes a table of nulls.</summary>
    /// <param name="store">The world that it belongs to, whose limits apply.</param>
    /// <param name="type">Its type.</param>
    public Table(Store store, TableType type)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(type.Limits.Minimum, (uint)store.Limits.TableElements, nameof(type));
        _store = store;
        Type = type;
        _length = (int)type.Limits.Minimum;
        _elements = new object?[_length];
    }

    /// <summary>The type that it was made with.</summary>
    public TableType Type { get; }

    /// <summary>The number of elements.</summary>
    public int Length => _length;

    internal Store Store => _store;

    /// <summary>The element at <paramref name="index"/>, or false if there is none.</summary>
    public bool TryGet(uint index, out object? element)
    {
        bool exists = index < (uint)_length;
        element = exists ? _elements[index] : null;
        return exists;
    }

    /// <summary>Replaces an element, or returns false if there is none. A table of functions takes functions of its own store only.</summary>
    public bool TrySet(uint index, object? element)
    {
        if (Type.Element == ValueKind.FuncRef && element is not null && (element as Function)?.Store != _store)
        {
            throw new ArgumentException("A table of functions takes functions of its own store.", nameof(element));
        }

        if (index >= (uint)_length) return false;
        _elements[index] = element;
        return true;
    }

    /// <summary>Whether the table may grow by this many elements.</summary>
    public bool MayGrow(uint count)
    {
        ulong target = (ulong)(uint)_length + count;
        return target <= (ulong)_store.Limits.TableElements && target <= (Type.Limits.Maximum ?? uint.MaxValue);
    }

    /// <summary>Grows, filling with <paramref name="element"/>. Returns the former length, or -1 where <see cref="MayGrow"/> says no. Charges no fuel.</summary>
    internal int Grow(uint count, object? element)
    {
        if (!MayGrow(count)) return -1;
        int before = _length;
        int length = before + (int)count;
        if (_elements.Length < length) Array.Resize(ref _elements, (int)Math.Min((uint)_store.Limits.TableElements, Math.Max((uint)length, 2u * (uint)before)));
        _elements.AsSpan(before, (int)count).Fill(element);
        _length = length;
        return before;
    }
}
