namespace System;

/// <summary>A value or none. The flag comes first: boxing relies on it.</summary>
public struct Nullable<T>
    where T : struct
{
    private readonly bool _hasValue;
    internal T _value;

    public Nullable(T value)
    {
        _value = value;
        _hasValue = true;
    }

    public readonly bool HasValue => _hasValue;

    public readonly T Value
    {
        get
        {
            if (!_hasValue) Fail();
            return _value;
        }
    }

    public static implicit operator T?(T value) => new T?(value);

    public static explicit operator T(T? value) => value.Value;

    public readonly T GetValueOrDefault() => _value;

    public readonly T GetValueOrDefault(T defaultValue) => _hasValue ? _value : defaultValue;

    public override bool Equals(object other)
    {
        if (!_hasValue) return other is null;
        return other is not null && _value.Equals(other);
    }

    public override int GetHashCode() => _hasValue ? _value.GetHashCode() : 0;

    public override string ToString() => _hasValue ? _value.ToString() : "";

    private static void Fail() => throw new InvalidOperationException("Nullable object must have a value.");
}
