using System.Runtime.CompilerServices;

namespace Phala.Wasm.Execution;

/// <summary>
/// The instructions whose work depends on their operands (specification 4.4.6, 4.4.7). Each checks bounds first (trap), then charges, then
/// acts: what cannot be done costs nothing beyond the instruction. They are not inlined: guest functions stay small for the .NET compiler.
/// </summary>
internal static class BulkOperations
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int GrowMemory(Instance instance, int pages)
    {
        LinearMemory memory = instance._memory!;
        if (!memory.MayGrow((uint)pages)) return -1;
        Charge(instance, (long)FuelCosts.GrowPage * (uint)pages);
        return memory.Grow((uint)pages);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FillMemory(Instance instance, int to, int value, int count)
    {
        Span<byte> target = MemorySpan(instance, to, count);
        Charge(instance, FuelCosts.OfBytes((uint)count));
        target.Fill((byte)value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CopyMemory(Instance instance, int to, int from, int count)
    {
        Span<byte> target = MemorySpan(instance, to, count);
        Span<byte> source = MemorySpan(instance, from, count);
        Charge(instance, FuelCosts.OfBytes((uint)count));
        source.CopyTo(target);
    }

    /// <summary>Copies from a data segment, charging for the instruction.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void InitMemoryMetered(Instance instance, int segment, int to, int from, int count)
    {
        CheckInitMemory(instance, segment, to, from, count);
        Charge(instance, FuelCosts.OfBytes((uint)count));
        InitMemory(instance, segment, to, from, count);
    }

    /// <summary>Copies from a data segment at instantiation, which is charged as a whole.</summary>
    public static void InitMemory(Instance instance, int segment, int to, int from, int count)
    {
        CheckInitMemory(instance, segment, to, from, count);
        instance.Data[segment].Span.Slice(from, count).CopyTo(MemorySpan(instance, to, count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void DropData(Instance instance, int segment) => instance.Data[segment] = default;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object? GetElement(Instance instance, int table, int index)
    {
        if (!instance._tables[table].TryGet((uint)index, out object? element)) throw OutOfTable();
        return element;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SetElement(Instance instance, int table, int index, object? element)
    {
        Table to = instance._tables[table];
        if ((uint)index >= (uint)to._length) throw OutOfTable();
        to._elements[index] = element;
    }

    public static int TableSize(Instance instance, int table) => instance._tables[table]._length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int GrowTable(Instance instance, int table, object? element, int count)
    {
        if (!instance._tables[table].MayGrow((uint)count)) return -1;
        Charge(instance, (long)FuelCosts.TableElement * (uint)count);
        return instance._tables[table].Grow((uint)count, element);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FillTable(Instance instance, int table, int to, object? element, int count)
    {
        Span<object?> target = TableSpan(instance._tables[table], to, count);
        Charge(instance, (long)FuelCosts.TableElement * (uint)count);
        target.Fill(element);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CopyTable(Instance instance, int toTable, int fromTable, int to, int from, int count)
    {
        Span<object?> target = TableSpan(instance._tables[toTable], to, count);
        Span<object?> source = TableSpan(instance._tables[fromTable], from, count);
        Charge(instance, (long)FuelCosts.TableElement * (uint)count);
        source.CopyTo(target);
    }

    /// <summary>Copies from an element segment, charging for the instruction.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void InitTableMetered(Instance instance, int segment, int table, int to, int from, int count)
    {
        CheckInitTable(instance, segment, table, to, from, count);
        Charge(instance, (long)FuelCosts.TableElement * (uint)count);
        InitTable(instance, segment, table, to, from, count);
    }

    /// <summary>Copies from an element segment at instantiation, which is charged as a whole.</summary>
    public static void InitTable(Instance instance, int segment, int table, int to, int from, int count)
    {
        CheckInitTable(instance, segment, table, to, from, count);
        instance.Elements[segment].AsSpan(from, count).CopyTo(TableSpan(instance._tables[table], to, count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void DropElements(Instance instance, int segment) => instance.Elements[segment] = [];

    private static void CheckInitMemory(Instance instance, int segment, int to, int from, int count)
    {
        if ((ulong)(uint)from + (uint)count > (ulong)instance.Data[segment].Length) throw OutOfMemory();
        MemorySpan(instance, to, count);
    }

    private static void CheckInitTable(Instance instance, int segment, int table, int to, int from, int count)
    {
        if ((ulong)(uint)from + (uint)count > (ulong)instance.Elements[segment].Length) throw OutOfTable();
        TableSpan(instance._tables[table], to, count);
    }

    private static Span<byte> MemorySpan(Instance instance, int at, int count) =>
        instance._memory!.TryGetSpan((uint)at, (uint)count, out Span<byte> span) ? span : throw OutOfMemory();

    private static Span<object?> TableSpan(Table table, int at, int count) =>
        (ulong)(uint)at + (uint)count <= (ulong)(uint)table._length ? table._elements.AsSpan(at, count) : throw OutOfTable();

    private static void Charge(Instance instance, long amount)
    {
        if (instance.Module.Settings.Metered) instance._store.ChargeOrStop(amount);
    }

    private static Exception OutOfMemory() => Runtime.Trap(TrapKind.MemoryOutOfBounds);

    private static Exception OutOfTable() => Runtime.Trap(TrapKind.TableOutOfBounds);
}
