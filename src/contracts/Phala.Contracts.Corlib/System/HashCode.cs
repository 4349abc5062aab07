using System.Collections.Generic;

namespace System;

/// <summary>Combines hash codes, the same way in every run.</summary>
public struct HashCode
{
    private int _hash;

    public static int Combine<T1>(T1 value1) => Mix(17, Of(value1));

    public static int Combine<T1, T2>(T1 value1, T2 value2) => Mix(Combine(value1), Of(value2));

    public static int Combine<T1, T2, T3>(T1 value1, T2 value2, T3 value3) => Mix(Combine(value1, value2), Of(value3));

    public static int Combine<T1, T2, T3, T4>(T1 value1, T2 value2, T3 value3, T4 value4) => Mix(Combine(value1, value2, value3), Of(value4));

    public static int Combine<T1, T2, T3, T4, T5>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5) => Mix(Combine(value1, value2, value3, value4), Of(value5));

    public void Add<T>(T value) => _hash = Mix(_hash, Of(value));

    public int ToHashCode() => _hash;

    private static int Of<T>(T value) => value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value);

    private static int Mix(int hash, int value) => unchecked((int)((System.Runtime.Machine.RotateLeft32((uint)hash, 5) ^ (uint)value) * 0x9E3779B1));
}
