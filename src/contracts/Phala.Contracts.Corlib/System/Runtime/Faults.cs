namespace System.Runtime;

/// <summary>Ends of a call that no throw statement asks for.</summary>
internal static class Faults
{
    public static void Null() => Machine.Revert("null reference");

    public static void Range() => Machine.Revert("index out of range");

    public static void Overflow() => Machine.Revert("overflow");

    public static void Division() => Machine.Revert("division by zero");

    public static void Cast() => Machine.Revert("invalid cast");

    public static void Defaults() => Machine.Revert("a struct has no Equals or GetHashCode of its own");

    public static void Names() => Machine.Revert("names of flags are not available in contracts");

    public static void Stack() => Machine.Revert("stack overflow");

    public static void Memory() => Machine.Revert("out of memory");
}
