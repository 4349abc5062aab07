namespace System;

public static class Activator
{
    /// <summary>What <c>new T()</c> means; known to the compiler.</summary>
    public static extern T CreateInstance<T>();
}
