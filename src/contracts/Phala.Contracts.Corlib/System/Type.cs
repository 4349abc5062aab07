namespace System;

/// <summary>Which type something is of, for comparisons only; one object for each type.</summary>
public sealed class Type
{
    private readonly int _number;

    public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);

    public static bool operator ==(Type left, Type right) => (object)left == (object)right;

    public static bool operator !=(Type left, Type right) => (object)left != (object)right;

    public override bool Equals(object obj) => (object)this == obj;

    public override int GetHashCode() => _number;
}
