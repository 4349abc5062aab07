using System.Collections.Generic;

namespace System.Runtime.InteropServices;

public static class CollectionsMarshal
{
    public static Span<T> AsSpan<T>(List<T> list) => new Span<T>(list._items, 0, list._size);

    public static void SetCount<T>(List<T> list, int count) => list.SetCount(count);
}
