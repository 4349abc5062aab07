namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A linear memory (specification 4.2.8).</summary>
/// <param name="pages">Its size at the start, in pages.</param>
/// <param name="maximum">The most pages that growth may reach: the module's maximum or the store's limit, whichever is lower.</param>
public sealed class OracleMemory(uint pages, uint maximum)
{
    public const int PageSize = 65536;

    public uint Maximum { get; } = maximum;

    public byte[] Bytes { get; private set; } = new byte[pages * PageSize];

    public uint Pages => (uint)(Bytes.Length / PageSize);

    /// <summary>Adds pages of zeros; gives the size before, or 2^32 - 1 where the maximum forbids it.</summary>
    public uint Grow(uint delta)
    {
        uint before = Pages;
        if ((ulong)before + delta > Maximum) return uint.MaxValue;
        byte[] grown = new byte[(before + delta) * PageSize];
        Bytes.CopyTo(grown, 0);
        Bytes = grown;
        return before;
    }

    /// <summary>The number in <paramref name="width"/> bytes, lowest first.</summary>
    public ulong Load(ulong address, int width)
    {
        RequireRange(address, (ulong)width);
        ulong number = 0;
        for (int i = 0; i < width; i++) number |= (ulong)Bytes[address + (ulong)i] << (8 * i);
        return number;
    }

    public void Store(ulong address, int width, ulong number)
    {
        RequireRange(address, (ulong)width);
        for (int i = 0; i < width; i++) Bytes[address + (ulong)i] = (byte)(number >> (8 * i));
    }

    public void RequireRange(ulong address, ulong length)
    {
        if (address + length > (ulong)Bytes.Length) throw new OracleTrapException(OracleTrap.MemoryOutOfBounds);
    }
}
