using Phala.Wasm;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>Table instructions (specification 4.4.6).</summary>
internal static class TableRules
{
    public static OracleValue Get(OracleTable table, uint index)
    {
        table.RequireRange(index, 1);
        return table.Items[index];
    }

    public static void Set(OracleTable table, uint index, OracleValue value)
    {
        table.RequireRange(index, 1);
        table.Items[index] = value;
    }

    /// <summary>Grows; elements that are really added cost fuel.</summary>
    public static uint Grow(OracleStore store, OracleTable table, OracleValue value, uint count)
    {
        if ((ulong)table.Size + count <= table.Maximum) store.Charge((long)FuelCosts.TableElement * count);
        return table.Grow(count, value);
    }

    public static void Fill(OracleStore store, OracleTable table, uint target, OracleValue value, uint count)
    {
        table.RequireRange(target, count);
        store.Charge((long)FuelCosts.TableElement * count);
        for (uint i = 0; i < count; i++) table.Items[target + i] = value;
    }

    public static void RequireCopy(OracleValue[] source, OracleTable table, uint target, uint from, uint count)
    {
        if ((ulong)from + count > (ulong)source.Length) throw new OracleTrapException(OracleTrap.TableOutOfBounds);
        table.RequireRange(target, count);
    }

    /// <summary>Copies references as if all were read before any is written.</summary>
    public static void Copy(OracleValue[] source, OracleTable table, uint target, uint from, uint count)
    {
        OracleValue[] copy = source[(int)from..(int)(from + count)];
        for (uint i = 0; i < count; i++) table.Items[target + i] = copy[i];
    }
}
