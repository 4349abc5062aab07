namespace System;

public readonly struct Index : IEquatable<Index>
{
    private readonly int _value;

    public Index(int value, bool fromEnd = false)
    {
        if (value < 0) System.Runtime.Faults.Range();
        _value = fromEnd ? ~value : value;
    }

    public static Index Start => default;

    public static Index End => new Index(0, true);

    public int Value => _value < 0 ? ~_value : _value;

    public bool IsFromEnd => _value < 0;

    public static implicit operator Index(int value) => new Index(value);

    public static Index FromStart(int value) => new Index(value);

    public static Index FromEnd(int value) => new Index(value, true);

    public int GetOffset(int length) => _value < 0 ? length + _value + 1 : _value;

    public bool Equals(Index other) => _value == other._value;

    public override bool Equals(object value) => value is Index other && _value == other._value;

    public override int GetHashCode() => _value;
}
