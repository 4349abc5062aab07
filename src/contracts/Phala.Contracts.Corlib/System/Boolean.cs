namespace System;

/// <summary>True or false.</summary>
public readonly struct Boolean : IComparable, IComparable<bool>, IEquatable<bool>
{
    public static readonly string TrueString = "True";

    public static readonly string FalseString = "False";

    public static bool TryParse(string value, out bool result)
    {
        string text = value?.Trim().ToLowerInvariant();
        result = text == "true";
        return result || text == "false";
    }

    public static bool Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value, nameof(value));
        return TryParse(value, out bool result) ? result : throw new FormatException("String was not recognized as a valid Boolean.");
    }

    public int CompareTo(bool value) => this == value ? 0 : this ? 1 : -1;

    public int CompareTo(object obj)
    {
        if (obj is null) return 1;
        return obj is bool other ? CompareTo(other) : throw new ArgumentException("Object must be of type Boolean.");
    }

    public bool Equals(bool obj) => this == obj;

    public override bool Equals(object obj) => obj is bool other && this == other;

    public override int GetHashCode() => this ? 1 : 0;

    public override string ToString() => this ? "True" : "False";
}
