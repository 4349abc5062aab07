namespace System.Runtime.CompilerServices;

/// <summary>Views of memory that the type system does not allow; known to the compiler.</summary>
/// <remarks>Unsafe: pointers are its purpose.</remarks>
public static unsafe class Unsafe
{
    public static extern T As<T>(object value) where T : class;

    public static extern ref TTo As<TFrom, TTo>(ref TFrom source);

    public static extern ref T AsRef<T>(scoped ref readonly T source);

    public static extern ref T AsRef<T>(void* source);

    public static extern void* AsPointer<T>(ref T value);

    public static extern int SizeOf<T>();

    public static extern ref T Add<T>(ref T source, int elementOffset);

    public static extern ref T AddByteOffset<T>(ref T source, IntPtr byteOffset);

    public static extern T ReadUnaligned<T>(ref readonly byte source);

    public static extern T ReadUnaligned<T>(void* source);

    public static extern void WriteUnaligned<T>(ref byte destination, T value);

    public static extern void WriteUnaligned<T>(void* destination, T value);

    public static extern bool AreSame<T>(ref readonly T left, ref readonly T right);

    public static extern ref T NullRef<T>();

    public static extern bool IsNullRef<T>(ref readonly T source);
}
