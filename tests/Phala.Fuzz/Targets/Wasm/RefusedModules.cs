using Phala.Testing.Wasm;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>For each case of <see cref="ModuleError"/> a small module that is refused for it, under limits that generated modules stay within.</summary>
public static class RefusedModules
{
    /// <summary>The limits under which each module is refused for its reason.</summary>
    public static ResourceLimits Limits { get; } = new()
    {
        ModuleBytes = 12_000, Types = 24, Parameters = 8, Results = 6, Imports = 12, Functions = 20, Tables = 4, Globals = 16, Exports = 40, Segments = 8,
        Elements = 100, DataBytes = 400, NameBytes = 24, Locals = 400, FunctionBytes = 6_000, BranchTableLabels = 12, Nesting = 20, OperandStack = 200,
        MemoryPages = 4, TableElements = 60,
    };

    /// <summary>Broken modules, modules one above each limit, and one with floats.</summary>
    public static IReadOnlyList<(ModuleError Error, byte[] Bytes)> All { get; } =
    [
        .. BrokenModules.All.Select(broken => (broken.Key, broken.Key.IsMalformed() ? broken.Value : Padded(broken.Value))),
        .. LimitCases.All.Select(limit => (limit.Error, Padded(limit.Make(limit.Limit(Limits) + 1)))),
        (ModuleError.FloatForbidden, Padded(ModuleWriter.Write(new ModuleDefinition { Types = [new([ValueKind.F64], [])] }))),
    ];

    /// <summary>With a section that means nothing, so that damage often falls there and the reason remains.</summary>
    private static byte[] Padded(byte[] module)
    {
        byte[] padding = ModuleWriter.Write(new ModuleDefinition { CustomSections = [new CustomSection("padding", new byte[100])] });
        return [.. module, .. padding.AsSpan(8)];
    }
}
