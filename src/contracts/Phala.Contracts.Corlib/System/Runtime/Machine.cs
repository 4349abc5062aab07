namespace System.Runtime;

/// <summary>What the library needs of the machine below it. Methods without code are known to the compiler.</summary>
/// <remarks>Unsafe: memory is written by address here.</remarks>
internal static unsafe class Machine
{
    private const int PageSize = 65536;
    private const uint MostAtOnce = 0x1000000;

    /// <summary>Where the next object will be.</summary>
    public static extern int HeapTop { get; set; }

    /// <summary>Whether somebody wants to know messages of exceptions.</summary>
    public static extern bool HasRevertHandler { get; }

    public static extern int MemoryPages();

    public static extern int GrowMemory(int pages);

    /// <summary>Ends the call.</summary>
    public static extern void Trap();

    /// <summary>Ends the call and says why.</summary>
    public static extern void Revert(string message);

    public static extern int TypeNumber<T>();

    public static extern int NumberOf(object value);

    public static extern int AddressOf(object value);

    public static extern T ObjectAt<T>(int address);

    public static extern bool IsReference<T>();

    public static extern bool IsEquatable<T>();

    public static extern bool IsComparable<T>();

    public static extern bool IsFormattable<T>();

    public static extern bool IsEnum<T>();

    public static extern bool Is<T, TOther>();

    public static extern bool EqualsValue<T>(ref T left, T right);

    public static extern int CompareValue<T>(ref T left, T right);

    public static extern string FormatValue<T>(ref T value, string format, IFormatProvider provider);

    public static extern long EnumBits<T>(T value);

    /// <summary>The number of an enum's value in an object.</summary>
    public static extern long BoxedBits(object value);

    /// <summary>The name of an enum's value in an object.</summary>
    public static extern string BoxedName(object value);

    public static extern int LeadingZeros32(uint value);

    public static extern int LeadingZeros64(ulong value);

    public static extern int TrailingZeros32(uint value);

    public static extern int TrailingZeros64(ulong value);

    public static extern int Ones32(uint value);

    public static extern int Ones64(ulong value);

    public static extern uint RotateLeft32(uint value, int offset);

    public static extern uint RotateRight32(uint value, int offset);

    public static extern ulong RotateLeft64(ulong value, int offset);

    public static extern ulong RotateRight64(ulong value, int offset);

    /// <summary>Memory that nobody has used: it is zero.</summary>
    public static int Allocate(int size)
    {
        if ((uint)size > MostAtOnce) Faults.Memory();
        int address = HeapTop;
        int top = address + ((size + 3) & ~3);
        int missing = top - MemoryPages() * PageSize;
        if (missing > 0) Grow(missing);
        HeapTop = top;
        return address;
    }

    public static int NewObject(int type, int size)
    {
        int address = HeapTop;
        int top = address + size;
        int missing = top - MemoryPages() * PageSize;
        if (missing > 0) Grow(missing);
        HeapTop = top;
        *(int*)address = type;
        return address;
    }

    public static int NewArray(int type, int length, int elementSize)
    {
        if (length < 0) Faults.Overflow();
        if (length > 0x1000000 / elementSize) Faults.Memory();
        int address = NewObject(type, 8 + ((length * elementSize + 3) & ~3));
        ((int*)address)[1] = length;
        return address;
    }

    public static string NewString(int length) => ObjectAt<string>(NewArray(TypeNumber<string>(), length, 2));

    /// <summary>Copies between places that do not overlap, or overlap with the destination first.</summary>
    public static void Copy(int destination, int source, int size)
    {
        int end = source + size, last = end - 8;
        while (source <= last)
        {
            *(long*)destination = *(long*)source;
            source += 8;
            destination += 8;
        }

        while (source < end) *(byte*)destination++ = *(byte*)source++;
    }

    /// <summary>Copies between places that may overlap.</summary>
    public static void Move(int destination, int source, int size)
    {
        if (destination - source >= size || destination < source)
        {
            Copy(destination, source, size);
            return;
        }

        if (destination == source) return;
        while (size >= 8)
        {
            size -= 8;
            *(long*)(destination + size) = *(long*)(source + size);
        }

        while (size > 0)
        {
            size--;
            *(byte*)(destination + size) = *(byte*)(source + size);
        }
    }

    public static void Clear(int address, int size)
    {
        int end = address + size, last = end - 8;
        while (address <= last)
        {
            *(long*)address = 0;
            address += 8;
        }

        while (address < end) *(byte*)address++ = 0;
    }

    public static void Fill(int address, int value, int size)
    {
        for (int end = address + size; address < end; address++) *(byte*)address = (byte)value;
    }

    public static bool SameBytes(int left, int right, int size)
    {
        int end = left + size, last = end - 8;
        while (left <= last)
        {
            if (*(long*)left != *(long*)right) return false;
            left += 8;
            right += 8;
        }

        while (left < end)
        {
            if (*(byte*)left++ != *(byte*)right++) return false;
        }

        return true;
    }

    public static void Throw(Exception exception)
    {
        if (HasRevertHandler) Revert(exception.Message);
        Trap();
    }

    public static long MultiplyChecked(long left, long right)
    {
        long low = left * right;
        if (left != 0 && (low / left != right || (left == -1 && right == long.MinValue))) Faults.Overflow();
        return low;
    }

    public static ulong MultiplyCheckedUnsigned(ulong left, ulong right)
    {
        ulong low = left * right;
        if (left != 0 && low / left != right) Faults.Overflow();
        return low;
    }

    private static void Grow(int missing)
    {
        if (GrowMemory((missing + PageSize - 1) / PageSize) < 0) Faults.Memory();
    }
}
