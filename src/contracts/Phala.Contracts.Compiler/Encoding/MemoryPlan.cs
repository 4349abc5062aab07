using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>
/// Where things are in memory: sixteen zero bytes that null refers to, constants, static fields, the stack, the heap.
/// </summary>
internal sealed class MemoryPlan
{
    private const int PageSize = 1 << 16, FirstAddress = 16, LeastHeap = 16 << 10, LongestGap = 12;

    private readonly SortedDictionary<int, byte[]> _content = [];

    /// <summary>Gives every symbol its address.</summary>
    public MemoryPlan(IEnumerable<DataSymbol> constants, IEnumerable<DataSymbol> fields, DataSymbol stack)
    {
        int next = FirstAddress;
        foreach (DataSymbol symbol in constants.Concat(fields).Append(stack))
        {
            next = (next + symbol.Alignment - 1) & -symbol.Alignment;
            symbol.Address = next;
            if (symbol != stack && symbol.Content.Length > 0) _content[next] = symbol.Content;
            next += symbol.Content.Length;
        }

        StackTop = HeapBase = (next + 15) & ~15;
    }

    public int StackTop { get; }

    /// <summary>Where the next object will be.</summary>
    public int HeapBase { get; private set; }

    /// <summary>Pages that a call begins with.</summary>
    public int Pages => (HeapBase + LeastHeap + PageSize - 1) / PageSize;

    /// <summary>Takes the memory as it is after static initializers have run.</summary>
    public void Take(ReadOnlySpan<byte> memory, int heapTop, DataSymbol stack)
    {
        _content.Clear();
        _content[FirstAddress] = memory[FirstAddress..stack.Address].ToArray();
        if (heapTop > StackTop) _content[StackTop] = memory[StackTop..heapTop].ToArray();
        HeapBase = (heapTop + 15) & ~15;
    }

    /// <summary>The bytes that are not zero, in pieces.</summary>
    public IEnumerable<(int Address, byte[] Bytes)> Segments()
    {
        List<byte> pending = [];
        int begin = 0;
        foreach ((int address, byte[] bytes) in _content)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == 0) continue;
                int at = address + i, gap = at - (begin + pending.Count);
                if (pending.Count > 0 && gap <= LongestGap)
                {
                    pending.AddRange(new byte[gap]);
                }
                else
                {
                    if (pending.Count > 0) yield return (begin, [.. pending]);
                    pending.Clear();
                    begin = at;
                }

                pending.Add(bytes[i]);
            }
        }

        if (pending.Count > 0) yield return (begin, [.. pending]);
    }
}
