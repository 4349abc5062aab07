using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>A table of references (specification 4.2.7).</summary>
/// <param name="element">The type of its elements.</param>
/// <param name="size">Its size at the start.</param>
/// <param name="maximum">The most elements that growth may reach.</param>
public sealed class OracleTable(ValueKind element, uint size, uint maximum)
{
    public ValueKind Element { get; } = element;

    public uint Maximum { get; } = maximum;

    public OracleValue[] Items { get; private set; } = Nulls(element, size);

    public uint Size => (uint)Items.Length;

    /// <summary>Adds elements; gives the size before, or 2^32 - 1 where the maximum forbids it.</summary>
    public uint Grow(uint delta, OracleValue value)
    {
        uint before = Size;
        if ((ulong)before + delta > Maximum) return uint.MaxValue;
        OracleValue[] grown = new OracleValue[before + delta];
        Items.CopyTo(grown, 0);
        for (uint i = before; i < grown.Length; i++) grown[i] = value;
        Items = grown;
        return before;
    }

    public void RequireRange(ulong index, ulong length)
    {
        if (index + length > Size) throw new OracleTrapException(OracleTrap.TableOutOfBounds);
    }

    private static OracleValue[] Nulls(ValueKind element, uint size)
    {
        OracleValue[] items = new OracleValue[size];
        Array.Fill(items, OracleValue.Default(element));
        return items;
    }
}
