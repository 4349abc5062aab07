namespace System.Runtime.CompilerServices;

/// <summary>What the C# compiler calls.</summary>
public static class RuntimeHelpers
{
    public static extern void InitializeArray(Array array, RuntimeFieldHandle fldHandle);

    public static extern ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle fldHandle);

    public static extern bool IsReferenceOrContainsReferences<T>();

    public static void EnsureSufficientExecutionStack()
    {
    }

    public static int GetHashCode(object o) => Machine.AddressOf(o);

    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        (int offset, int length) = range.GetOffsetAndLength(array.Length);
        T[] result = new T[length];
        Array.Copy(array, offset, result, 0, length);
        return result;
    }
}
