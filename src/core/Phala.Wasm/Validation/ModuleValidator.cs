using Phala.Wasm.Binary;

namespace Phala.Wasm.Validation;

/// <summary>
/// Checks a decoded module against the validation rules (specification chapter 3), the limits and the settings.
/// <para>Invariant: total and linear in the module's size.</para>
/// <para>Trust: what passes cannot make the compiler read a missing index or pop a missing operand; the compiler checks neither again.</para>
/// </summary>
internal sealed class ModuleValidator
{
    private const uint MostMemoryPages = 65_536;

    private readonly IndexSpaces _spaces;
    private readonly ModuleDefinition _module;
    private readonly ModuleSettings _settings;
    private readonly HashSet<uint> _declared = [];

    private ModuleValidator(IndexSpaces spaces, ModuleSettings settings)
    {
        _spaces = spaces;
        _module = spaces.Module;
        _settings = settings;
    }

    /// <summary>Validates a module, and measures each function.</summary>
    public static ModuleError Validate(IndexSpaces spaces, ModuleSettings settings, out FunctionMeasure[] measures) =>
        new ModuleValidator(spaces, settings).Validate(out measures);

    private ModuleError Validate(out FunctionMeasure[] measures)
    {
        measures = new FunctionMeasure[_module.Bodies.Count];
        ModuleError error = FirstOf(CheckCounts, CheckTypes, CheckSizes, CheckGlobals, CheckElements, CheckData, CheckExports, CheckStart);
        if (error != ModuleError.None) return error;

        FunctionValidator validator = new(_spaces, _settings, _declared);
        for (int i = 0; i < measures.Length; i++)
        {
            error = validator.Validate(_spaces.TypeOf((uint)(_spaces.ImportedFunctions + i)), _module.Bodies[i], out measures[i]);
            if (error != ModuleError.None) return error;
        }

        return ModuleError.None;
    }

    private static ModuleError FirstOf(params ReadOnlySpan<Func<ModuleError>> checks)
    {
        foreach (Func<ModuleError> check in checks)
        {
            if (check() is var error and not ModuleError.None) return error;
        }

        return ModuleError.None;
    }

    private ModuleError CheckCounts()
    {
        ResourceLimits limits = _settings.Limits;
        if (_spaces.FunctionTypes.Length > limits.Functions) return ModuleError.TooManyFunctions;
        if (_spaces.Tables.Length > limits.Tables) return ModuleError.TooManyTables;
        if (_spaces.Globals.Length > limits.Globals) return ModuleError.TooManyGlobals;
        return _spaces.Memories.Length > 1 ? ModuleError.UnsupportedMultiMemory : ModuleError.None;
    }

    private ModuleError CheckTypes()
    {
        foreach (uint type in _spaces.FunctionTypes)
        {
            if (type >= (uint)_spaces.Types.Length) return ModuleError.UnknownType;
        }

        if (_settings.AllowFloats) return ModuleError.None;
        foreach (FunctionType type in _spaces.Types)
        {
            if (HasFloat(type.Parameters) || HasFloat(type.Results)) return ModuleError.FloatForbidden;
        }

        return ModuleError.None;
    }

    private static bool HasFloat(ReadOnlySpan<ValueKind> kinds)
    {
        foreach (ValueKind kind in kinds)
        {
            if (kind.IsFloat()) return true;
        }

        return false;
    }

    private ModuleError CheckSizes()
    {
        foreach (TableType table in _spaces.Tables)
        {
            if (table.Limits.Maximum < table.Limits.Minimum) return ModuleError.BadRange;
            if (table.Limits.Minimum > (uint)_settings.Limits.TableElements) return ModuleError.TableTooLarge;
        }

        foreach (Limits memory in _spaces.Memories)
        {
            if (memory.Maximum < memory.Minimum || memory.Minimum > MostMemoryPages || memory.Maximum > MostMemoryPages) return ModuleError.BadRange;
            if (memory.Minimum > (uint)_settings.Limits.MemoryPages) return ModuleError.MemoryTooLarge;
        }

        return ModuleError.None;
    }

    private ModuleError CheckGlobals()
    {
        foreach (GlobalType global in _spaces.Globals)
        {
            if (!_settings.AllowFloats && global.Kind.IsFloat()) return ModuleError.FloatForbidden;
        }

        foreach (GlobalDefinition global in _module.Globals)
        {
            if (CheckConstant(global.Value, global.Type.Kind) is var error and not ModuleError.None) return error;
        }

        return ModuleError.None;
    }

    private ModuleError CheckElements()
    {
        foreach (ElementSegment segment in _module.Elements)
        {
            if (segment.Mode == SegmentMode.Active)
            {
                if (segment.TableIndex >= (uint)_spaces.Tables.Length) return ModuleError.UnknownTable;
                if (_spaces.Tables[segment.TableIndex].Element != segment.Element) return ModuleError.TypeMismatch;
                if (CheckConstant(segment.Offset, ValueKind.I32) is var offset and not ModuleError.None) return offset;
            }

            foreach (ConstantExpression item in segment.Items)
            {
                if (CheckConstant(item, segment.Element) is var error and not ModuleError.None) return error;
            }
        }

        return ModuleError.None;
    }

    private ModuleError CheckData()
    {
        foreach (DataSegment segment in _module.Data)
        {
            if (segment.Mode != SegmentMode.Active) continue;
            if (_spaces.Memories.Length == 0) return ModuleError.UnknownMemory;
            if (CheckConstant(segment.Offset, ValueKind.I32) is var error and not ModuleError.None) return error;
        }

        return ModuleError.None;
    }

    private ModuleError CheckExports()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (Export export in _module.Exports)
        {
            (int count, ModuleError missing) = export.Kind switch
            {
                ExternalKind.Function => (_spaces.FunctionTypes.Length, ModuleError.UnknownFunction),
                ExternalKind.Table => (_spaces.Tables.Length, ModuleError.UnknownTable),
                ExternalKind.Memory => (_spaces.Memories.Length, ModuleError.UnknownMemory),
                _ => (_spaces.Globals.Length, ModuleError.UnknownGlobal),
            };
            if (export.Index >= (uint)count) return missing;
            if (!names.Add(export.Name)) return ModuleError.DuplicateExport;
            if (export.Kind == ExternalKind.Function) _declared.Add(export.Index);
        }

        return ModuleError.None;
    }

    private ModuleError CheckStart()
    {
        if (_module.Start is not { } start) return ModuleError.None;
        if (start >= (uint)_spaces.FunctionTypes.Length) return ModuleError.UnknownFunction;
        return _spaces.TypeOf(start).Equals(FunctionType.Empty) ? ModuleError.None : ModuleError.BadStart;
    }

    private ModuleError CheckConstant(ConstantExpression constant, ValueKind expected)
    {
        ValueKind kind;
        switch (constant.Opcode)
        {
            case Opcode.I32Const:
                kind = ValueKind.I32;
                break;
            case Opcode.I64Const:
                kind = ValueKind.I64;
                break;
            case Opcode.F32Const:
                kind = ValueKind.F32;
                break;
            case Opcode.F64Const:
                kind = ValueKind.F64;
                break;
            case Opcode.RefNull:
                kind = (ValueKind)constant.Bits;
                break;
            case Opcode.RefFunc:
                if (constant.Bits >= (ulong)_spaces.FunctionTypes.Length) return ModuleError.UnknownFunction;
                _declared.Add((uint)constant.Bits);
                kind = ValueKind.FuncRef;
                break;
            default:
                // Only imported globals may be read, and only constant ones (3.3.10).
                if (constant.Bits >= (ulong)_spaces.ImportedGlobals) return ModuleError.UnknownGlobal;
                GlobalType global = _spaces.Globals[constant.Bits];
                if (global.Mutable) return ModuleError.NotConstant;
                kind = global.Kind;
                break;
        }

        return kind == expected ? ModuleError.None : ModuleError.TypeMismatch;
    }
}
