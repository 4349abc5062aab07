using System.Runtime;

namespace System;

public static class Buffer
{
    public static void BlockCopy(Array src, int srcOffset, Array dst, int dstOffset, int count)
    {
        if (src is null || dst is null) throw new ArgumentNullException(nameof(src));
        int from = src.Length * src.SizeOfElements(), to = dst.Length * dst.SizeOfElements();
        if (srcOffset < 0 || dstOffset < 0 || count < 0) System.Runtime.Faults.Range();
        if (count > from - srcOffset || count > to - dstOffset) throw new ArgumentException("Offset and length were out of bounds for the array.");
        Machine.Move(Machine.AddressOf(dst) + 8 + dstOffset, Machine.AddressOf(src) + 8 + srcOffset, count);
    }
}
