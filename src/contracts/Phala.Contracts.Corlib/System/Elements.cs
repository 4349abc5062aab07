using System.Runtime;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Where arrays' elements are.</summary>
/// <remarks>Unsafe: addresses are numbers here.</remarks>
internal static unsafe class Elements
{
    internal static ref T First<T>(T[] array) => ref Unsafe.AsRef<T>((void*)(Machine.AddressOf(array) + 8));

    internal static int AddressOf<T>(ref T reference) => (int)Unsafe.AsPointer(ref reference);
}
