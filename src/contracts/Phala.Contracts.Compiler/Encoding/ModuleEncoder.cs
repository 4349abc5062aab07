using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>Writes a module: sections in their order, functions that are equal once.</summary>
internal sealed class ModuleEncoder(IReadOnlyList<FunctionUnit> units, IReadOnlyList<FunctionUnit> table, MemoryPlan memory, int mostPages, bool withHost)
{
    private const int Function = 0x60, FuncRef = 0x70, MostRounds = 3;

    // What takes the place of a host function where there is no host.
    private static readonly byte[] Refusal = [0, (byte)Op.Unreachable, (byte)Op.End];

    private readonly Dictionary<FunctionUnit, byte[]> _code = [];
    private ModuleIndices _indices = new();

    /// <summary>Bytes of code by function, after <see cref="Encode"/>.</summary>
    public IReadOnlyDictionary<FunctionUnit, byte[]> Code => _code;

    /// <summary>The module.</summary>
    /// <param name="exports">Functions by name.</param>
    /// <param name="exportedGlobal">A global to be seen from outside as <c>heap</c>, or null.</param>
    public byte[] Encode(IReadOnlyList<(string Name, FunctionUnit Function)> exports, GlobalSlot? exportedGlobal)
    {
        FunctionUnit[] imports = [.. units.Where(unit => withHost && unit.Import is not null)];
        FunctionUnit[] defined = EncodeFunctions(imports);
        ByteWriter whole = new();
        whole.Bytes([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]);
        foreach (FunctionUnit unit in imports.Concat(defined)) _ = _indices.Type(unit.Shape);
        uint? global = exportedGlobal is null ? null : _indices.Global(exportedGlobal);
        whole.Section(1, Types());
        whole.Section(2, Imports(imports));
        whole.Section(3, Counted(defined, (section, unit) => section.Unsigned(_indices.Type(unit.Shape))));
        if (table.Count > 0) whole.Section(4, new ByteWriter().Unsigned(1).Byte(FuncRef).Byte(1).Unsigned((uint)table.Count + 1).Unsigned((uint)table.Count + 1));
        whole.Section(6, Counted(_indices.Globals, static (section, slot) => WriteGlobal(section, slot)));
        whole.Section(7, Exports(exports, global));
        if (table.Count > 0) whole.Section(9, Elements());
        whole.Section(10, Counted(defined, (section, unit) => section.Unsigned((uint)_code[unit].Length).Bytes(_code[unit])));
        whole.Section(11, Counted([.. memory.Segments()], static (section, segment) =>
            section.Byte(0).Byte((int)Op.I32Const).Signed(segment.Address).Byte((int)Op.End).Unsigned((uint)segment.Bytes.Length).Bytes(segment.Bytes)));
        return whole.ToArray();
    }

    private static ByteWriter Counted<T>(IReadOnlyList<T> items, Action<ByteWriter, T> write)
    {
        ByteWriter section = new();
        if (items.Count == 0) return section;
        section.Unsigned((uint)items.Count);
        foreach (T item in items) write(section, item);
        return section;
    }

    private static void WriteGlobal(ByteWriter section, GlobalSlot slot)
    {
        section.Byte((int)slot.Type).Byte(1).Byte((int)(slot.Type == WasmType.I64 ? Op.I64Const : Op.I32Const)).Signed(slot.Initial).Byte((int)Op.End);
    }

    // Functions with the same code become one; that can make their callers equal, so it is tried again.
    private FunctionUnit[] EncodeFunctions(FunctionUnit[] imports)
    {
        Dictionary<FunctionUnit, FunctionUnit> replaced = [];
        FunctionUnit[] defined = [.. units.Where(unit => !withHost || unit.Import is null)];
        for (int round = 0; ; round++)
        {
            _indices = new ModuleIndices();
            FunctionUnit[] all = [.. imports, .. defined];
            for (int i = 0; i < all.Length; i++) _indices.Add(all[i], (uint)i);
            foreach (FunctionUnit unit in units.Where(replaced.ContainsKey)) _indices.Add(unit, _indices.Function(Final(replaced, unit)));
            _code.Clear();
            foreach (FunctionUnit unit in defined) _code[unit] = unit.Body is null ? Refusal : FunctionEncoder.Encode(unit, _indices);
            Dictionary<string, FunctionUnit> first = new(StringComparer.Ordinal);
            int before = replaced.Count;
            foreach (FunctionUnit unit in defined)
            {
                string key = $"{_indices.Type(unit.Shape)}:{Convert.ToHexString(_code[unit])}";
                if (!first.TryAdd(key, unit)) replaced[unit] = first[key];
            }

            if (replaced.Count == before || round == MostRounds) return defined;
            defined = [.. defined.Where(unit => !replaced.ContainsKey(unit))];
        }
    }

    private static FunctionUnit Final(Dictionary<FunctionUnit, FunctionUnit> replaced, FunctionUnit unit)
    {
        while (replaced.TryGetValue(unit, out FunctionUnit? next)) unit = next;
        return unit;
    }

    private ByteWriter Types() => Counted(_indices.Types, static (section, shape) =>
    {
        section.Byte(Function).Unsigned((uint)shape.Parameters.Length);
        foreach (WasmType parameter in shape.Parameters) section.Byte((int)parameter);
        section.Unsigned(shape.Result == WasmType.None ? 0u : 1u);
        if (shape.Result != WasmType.None) section.Byte((int)shape.Result);
    });

    private ByteWriter Imports(FunctionUnit[] imports)
    {
        ByteWriter section = new();
        section.Unsigned((uint)imports.Length + 1);
        foreach (FunctionUnit unit in imports) section.Name(unit.Import!.Value.Module).Name(unit.Import.Value.Name).Byte(0).Unsigned(_indices.Type(unit.Shape));
        section.Name("env").Name("memory").Byte(2).Byte(1).Unsigned((uint)memory.Pages).Unsigned((uint)Math.Max(mostPages, memory.Pages));
        return section;
    }

    private ByteWriter Exports(IReadOnlyList<(string Name, FunctionUnit Function)> exports, uint? global)
    {
        ByteWriter section = new();
        section.Unsigned((uint)exports.Count + (global is null ? 0u : 1u));
        foreach ((string name, FunctionUnit function) in exports) section.Name(name).Byte(0).Unsigned(_indices.Function(function));
        if (global is { } index) section.Name("heap").Byte(3).Unsigned(index);
        return section;
    }

    private ByteWriter Elements()
    {
        ByteWriter section = new ByteWriter().Unsigned(1).Byte(0).Byte((int)Op.I32Const).Signed(1).Byte((int)Op.End).Unsigned((uint)table.Count);
        foreach (FunctionUnit unit in table) section.Unsigned(_indices.Function(unit));
        return section;
    }
}
